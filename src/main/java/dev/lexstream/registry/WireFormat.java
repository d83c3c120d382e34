package dev.lexstream.registry;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The five bytes before the Avro binary: magic byte 0 and the schema id, 4 bytes, big-endian. */
public final class WireFormat {
    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /** A long as Avro writes it: zigzag, then seven bits a byte, the lowest first. */
    static byte[] varint(long value) {
        var bytes = new byte[10];
        var length = 0;
        for (var left = (value << 1) ^ (value >> 63); ; left >>>= 7) {
            if ((left & ~0x7FL) == 0) {
                bytes[length++] = (byte) left;
                return Arrays.copyOf(bytes, length);
            }
            bytes[length++] = (byte) ((left & 0x7F) | 0x80);
        }
    }

    /**
     * The id of the schema that a value was written with.
     *
     * @throws WireFormatException if the header is incomplete or begins with another byte
     */
    public static int schemaId(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new WireFormatException("value has %d bytes; allowed are %d (magic byte and schema id) or more"
                    .formatted(bytes.length, HEADER_BYTES));
        }
        if (bytes[0] != MAGIC) {
            throw new WireFormatException("magic byte is 0x%02x; allowed is 0x%02x".formatted(bytes[0], MAGIC));
        }
        return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }
}
