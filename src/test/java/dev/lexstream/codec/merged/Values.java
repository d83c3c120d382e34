package dev.lexstream.codec.merged;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;

/** Values at random, to bytes and back by Avro's own readers and writers. */
final class Values {
    static final int HEADER = 5;
    private static final int SMALL_BLOCK = 64;

    private Values() {}

    /** That many records. */
    static List<Object> random(Schema schema, int count, long seed) {
        var values = new ArrayList<Object>();
        var random = new RandomData(schema, Integer.MAX_VALUE, seed).iterator();
        while (values.size() < count) {
            var value = random.next();
            if (value != null) { // null is no record
                values.add(value);
            }
        }
        return values;
    }

    static byte[] bytes(Schema schema, Object value) throws IOException {
        return bytes(schema, value, false);
    }

    /** @param sized whether blocks of arrays and maps say their size */
    static byte[] bytes(Schema schema, Object value, boolean sized) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = sized
                ? new EncoderFactory().configureBlockSize(SMALL_BLOCK).blockingBinaryEncoder(out, null)
                : EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** @param value in the wire format */
    static Object read(byte[] value, Schema writer, Schema reader) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
        var read = new GenericDatumReader<>(writer, reader).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("bytes are left");
        }
        return read;
    }

    static byte[] framed(int id, byte[] avro) {
        return ByteBuffer.allocate(HEADER + avro.length)
                .put((byte) 0)
                .putInt(id)
                .put(avro)
                .array();
    }
}
