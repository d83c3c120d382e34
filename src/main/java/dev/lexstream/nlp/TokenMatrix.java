package dev.lexstream.nlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;

/** Token ids of several texts as one array, through one direct buffer. */
public final class TokenMatrix {

    private TokenMatrix() {}

    /**
     * The ids {@code [rows, longest row]}, int64, 0 for padding.
     *
     * @param rows at least one
     */
    public static NDArray of(NDManager manager, List<long[]> rows) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        LongBuffer values = ByteBuffer.allocateDirect(rows.size() * longest * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        for (int i = 0; i < rows.size(); i++) {
            values.put(i * longest, rows.get(i));
        }
        return manager.create(values, new Shape(rows.size(), longest), DataType.INT64);
    }
}
