package dev.lexstream.registry;

import java.nio.ByteBuffer;

/** The five bytes before the Avro binary: magic byte 0 and the schema id, 4 bytes, big-endian. */
final class WireFormat {
    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /** @throws WireFormatException if the header is incomplete or begins with another byte */
    static int schemaId(byte[] bytes) {
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
