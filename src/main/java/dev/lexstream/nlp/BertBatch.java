package dev.lexstream.nlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Rows of texts and of pairs of texts as the arguments of a BERT's methods: {@code input_ids}, {@code token_type_ids} and
 * {@code attention_mask}, all int64 {@code [rows, longest]}.
 */
public final class BertBatch {

    private BertBatch() {}

    /**
     * One row a text.
     *
     * @param rows of token ids, special tokens included, not padded; id 0 is padding
     */
    public static NDList arguments(NDManager manager, List<int[]> rows) {
        return arguments(manager, rows, rows.stream().map(row -> row.length).toList());
    }

    /**
     * One row a text or a pair.
     *
     * @param rows of token ids, special tokens included, not padded; id 0 is padding
     * @param seconds where the second text of each row begins; its length where there is none
     */
    static NDList arguments(NDManager manager, List<int[]> rows, List<Integer> seconds) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        LongBuffer ids = longs(rows.size() * longest);
        LongBuffer mask = longs(rows.size() * longest);
        for (int row = 0; row < rows.size(); row++) {
            int[] tokens = rows.get(row);
            for (int i = 0; i < tokens.length; i++) {
                ids.put(row * longest + i, tokens[i]);
                mask.put(row * longest + i, 1);
            }
        }
        LongBuffer types = longs(rows.size() * longest);
        for (int row = 0; row < rows.size(); row++) {
            for (int i = seconds.get(row); i < rows.get(row).length; i++) {
                types.put(row * longest + i, 1);
            }
        }
        return new NDList(
                array(manager, ids, rows.size(), longest),
                array(manager, types, rows.size(), longest),
                array(manager, mask, rows.size(), longest));
    }

    /** A vector of int64. */
    public static NDArray vector(NDManager manager, int[] values) {
        LongBuffer longs = longs(values.length);
        for (int i = 0; i < values.length; i++) {
            longs.put(i, values[i]);
        }
        return array(manager, longs, values.length);
    }

    private static LongBuffer longs(int count) {
        return ByteBuffer.allocateDirect(count * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    private static NDArray array(NDManager manager, LongBuffer values, long... shape) {
        return manager.create(values, new Shape(shape), DataType.INT64);
    }
}
