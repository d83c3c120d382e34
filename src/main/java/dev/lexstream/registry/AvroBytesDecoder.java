package dev.lexstream.registry;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary from an array, for values that anyone may have written. Avro's own decoder allocates whatever a length prefix
 * claims, up to 2 GiB for a value of six bytes, and replaces malformed UTF-8 in silence; this one reports both. All arrays and
 * maps together have as many items as there are bytes, and {@value #FREE_ITEMS} more.
 *
 * <p>Source: <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro specification</a>.
 *
 * <p>Threading: used by one thread, for one record.
 */
final class AvroBytesDecoder extends Decoder {
    private static final int FREE_ITEMS = 10_000;

    private final byte[] bytes;
    private int position;
    private long itemsLeft;

    AvroBytesDecoder(byte[] bytes, int from) {
        this.bytes = bytes;
        this.position = from;
        this.itemsLeft = bytes.length + (long) FREE_ITEMS;
    }

    /** How many bytes are not read yet. */
    int remaining() {
        return bytes.length - position;
    }

    /** How many bytes come before the next one. */
    int position() {
        return position;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        var value = bytes[advance(1)];
        if (value != 0 && value != 1) {
            throw malformed("boolean is " + value + "; allowed are 0 and 1");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        var value = readLong();
        if (value != (int) value) {
            throw malformed("int does not fit 32 bits");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        var value = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            var next = bytes[advance(1)];
            value |= (next & 0x7FL) << shift;
            if (shift == Long.SIZE - 1 && next != 0 && next != 1) {
                break; // 64 bits are 9 times 7 and one
            }
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1); // zigzag
            }
        }
        throw malformed("variable-length integer is longer than 64 bits");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(Integer.reverseBytes(
                ByteBuffer.wrap(bytes, advance(Float.BYTES), Float.BYTES).getInt()));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(
                ByteBuffer.wrap(bytes, advance(Double.BYTES), Double.BYTES).getLong()));
    }

    @Override
    public String readString() throws IOException {
        var length = length();
        var start = advance(length);
        try {
            return dev.lexstream.event.Utf8.decode(bytes, start, length);
        } catch (dev.lexstream.event.Utf8.MalformedException e) {
            throw malformed("string is " + e.getMessage());
        }
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public void skipString() throws IOException {
        advance(length());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        var length = length();
        var copy = ByteBuffer.allocate(length);
        copy.put(bytes, advance(length), length).flip();
        return copy;
    }

    @Override
    public void skipBytes() throws IOException {
        advance(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, advance(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        advance(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return items();
    }

    @Override
    public long arrayNext() throws IOException {
        return items();
    }

    @Override
    public long readMapStart() throws IOException {
        return items();
    }

    @Override
    public long mapNext() throws IOException {
        return items();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** Items of the next block. A negative count is followed by the block's size in bytes, of no use when reading. */
    private long items() throws IOException {
        var count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        return checkedItems(count);
    }

    private long checkedItems(long count) {
        // items of no bytes, such as nulls, are of little use to anyone but an attacker
        if (count < 0 || count > itemsLeft) {
            throw malformed("block claims more items than the " + itemsLeft + " that bytes left and before allow");
        }
        itemsLeft -= count;
        return count;
    }

    /** Skips the blocks whose size in bytes is given; returns the items of the first that must be skipped one by one. */
    private long skipBlocks() throws IOException {
        var count = readLong();
        while (count < 0) {
            advance(length());
            count = readLong();
        }
        return checkedItems(count);
    }

    private int length() throws IOException {
        var length = readLong();
        if (length < 0) {
            throw malformed("length is negative");
        }
        if (length > remaining()) {
            throw truncated();
        }
        return (int) length;
    }

    /** Steps over {@code count} bytes and returns where they begin. */
    private int advance(int count) throws EOFException {
        if (count > remaining()) {
            throw truncated();
        }
        var start = position;
        position += count;
        return start;
    }

    private EOFException truncated() {
        return new EOFException("the value ends within a field that begins before byte " + position);
    }

    /** An error that says where. */
    AvroRuntimeException malformed(String problem) {
        return new AvroRuntimeException(problem + " (before byte " + position + ")");
    }
}
