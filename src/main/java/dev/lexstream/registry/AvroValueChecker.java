package dev.lexstream.registry;

import java.io.IOException;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Walks a value by its writer's schema before Avro reads it, as Avro's own readers call themselves for each level of nesting,
 * do whatever a count of items that take no bytes claims, and say nothing of bytes that are read as a string.
 *
 * <p>What it lets pass is nested at most {@value #MAX_DEPTH} deep, has at most {@value #VALUES_PER_BYTE} values a byte and
 * {@value #FREE_VALUES} more, indexes of branches and symbols that exist, blocks as large as they say, and UTF-8 where a string
 * is read. So reading it takes time and memory in proportion to its bytes, and little stack. Strings that are skipped may hold
 * any bytes.
 *
 * <p>Threading: used by one thread, for one value.
 */
final class AvroValueChecker {
    /** Records, arrays and maps around a value; people's records have ten, and a stack of 512 KiB holds ten times as many. */
    static final int MAX_DEPTH = 256;

    private static final int VALUES_PER_BYTE = 8;
    private static final int FREE_VALUES = 10_000;

    /** Told where things are while a value is walked, in the order of their bytes. Positions are those of the decoder. */
    interface Places {
        /** Of whoever wants to know none. */
        Places NONE = new Places() {};

        /** The last field of a record begins. */
        default void lastField(Schema record, int depth, int position) {}

        /** A record has ended. */
        default void recordEnd(Schema record, int depth, int position) {}

        /** A block of an array or a map says its size in bytes, in a head of count and size. */
        default void sizedBlock(int head, int afterHead, long items) {}
    }

    private final AvroBytesDecoder in;
    private final Places places;
    private final long allowed;
    private long left;

    private AvroValueChecker(AvroBytesDecoder in, Places places) {
        this.in = in;
        this.places = places;
        this.allowed = (long) VALUES_PER_BYTE * in.remaining() + FREE_VALUES;
        this.left = allowed;
    }

    /**
     * Checks one value, up to its end.
     *
     * @param writer schema the value was written with, in the reader's names
     * @param reader schema it will be read with
     * @param in stands before the value; afterwards behind it
     * @throws AvroRuntimeException naming the top-level field and the byte if the value breaks a bound
     * @throws IOException if the value ends too early
     */
    static void check(Schema writer, Schema reader, AvroBytesDecoder in) throws IOException {
        new AvroValueChecker(in, Places.NONE).value(writer, branchFor(writer, reader), 1);
    }

    /**
     * Checks one value of which nothing will be read.
     *
     * @param in stands before the value; afterwards behind it
     * @param places told where things are; a record around nothing else has depth 1
     * @throws AvroRuntimeException as {@link #check}
     * @throws IOException if the value ends too early
     */
    static void walk(Schema writer, AvroBytesDecoder in, Places places) throws IOException {
        new AvroValueChecker(in, places).value(writer, null, 1);
    }

    /** @param reader null where the value is skipped, or will be refused by Avro's rules of resolution */
    private void value(Schema writer, Schema reader, int depth) throws IOException {
        if (--left < 0) {
            throw in.malformed("there are more values than " + allowed);
        }
        switch (writer.getType()) {
            case RECORD -> record(writer, reader, depth);
            case ARRAY -> items(writer.getElementType(), element(reader), depth, false, false);
            case MAP -> items(writer.getValueType(), element(reader), depth, true, reader != null);
            case UNION -> {
                var types = writer.getTypes();
                var branch = types.get(index("union branch", in.readIndex(), types.size()));
                value(branch, branchFor(branch, reader), depth);
            }
            case ENUM -> index(
                    "enum symbol", in.readEnum(), writer.getEnumSymbols().size());
            case STRING, BYTES -> string(reader != null && reader.getType() == Schema.Type.STRING);
            case FIXED -> in.skipFixed(writer.getFixedSize());
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case FLOAT -> in.skipFixed(Float.BYTES);
            case DOUBLE -> in.skipFixed(Double.BYTES);
            case BOOLEAN -> in.readBoolean();
            case NULL -> in.readNull();
        }
    }

    private void record(Schema writer, Schema reader, int depth) throws IOException {
        requireShallow(depth);
        var last = writer.getFields().size() - 1;
        for (var field : writer.getFields()) {
            if (field.pos() == last) {
                places.lastField(writer, depth, in.position());
            }
            var wanted = reader == null ? null : reader.getField(field.name());
            var type = wanted == null ? null : wanted.schema();
            try {
                value(field.schema(), branchFor(field.schema(), type), depth + 1);
            } catch (IOException | AvroRuntimeException e) {
                if (depth > 1) {
                    throw e;
                }
                throw new AvroRuntimeException(
                        WireFormatException.printable("field " + field.name() + ": " + e.getMessage()), e);
            }
        }
        places.recordEnd(writer, depth, in.position());
    }

    private void items(Schema item, Schema reader, int depth, boolean keys, boolean readKeys) throws IOException {
        requireShallow(depth);
        var type = branchFor(item, reader);
        var head = in.position();
        for (var count = in.readLong(); count != 0; head = in.position(), count = in.readLong()) {
            var size = count < 0 ? in.readLong() : -1;
            // the smallest long has no opposite and stays negative
            var items = Math.abs(count);
            if (items < 0 || items > left) {
                throw in.malformed("block claims " + items + " items; allowed are " + left + " more values");
            }
            var start = in.position();
            if (count < 0) {
                places.sizedBlock(head, start, items);
            }
            for (var i = 0L; i < items; i++) {
                if (keys) {
                    string(readKeys);
                }
                value(item, type, depth + 1);
            }
            if (count < 0 && size != in.position() - start) {
                throw in.malformed(
                        "block of %d bytes claims %d; allowed is what it has".formatted(in.position() - start, size));
            }
        }
    }

    private void string(boolean isRead) throws IOException {
        if (isRead) {
            in.readString();
        } else {
            in.skipString();
        }
    }

    private int index(String what, int index, int count) {
        if (index < 0 || index >= count) {
            throw in.malformed("%s is %d; allowed are 0 to %d".formatted(what, index, count - 1));
        }
        return index;
    }

    private void requireShallow(int depth) {
        if (depth > MAX_DEPTH) {
            throw in.malformed("value is nested " + depth + " deep or deeper; allowed are " + MAX_DEPTH);
        }
    }

    private static Schema element(Schema reader) {
        if (reader == null) {
            return null;
        }
        return reader.getType() == Schema.Type.ARRAY ? reader.getElementType() : reader.getValueType();
    }

    /** The reader's schema for a value of a writer's type, or a union where the writer has one too; null if there is none. */
    private static Schema branchFor(Schema writer, Schema reader) {
        if (reader == null || writer.getType() == Schema.Type.UNION || accepts(reader, writer)) {
            return reader;
        }
        if (reader.getType() != Schema.Type.UNION) {
            return writer.getType() == Schema.Type.BYTES && reader.getType() == Schema.Type.STRING ? reader : null;
        }
        Schema string = null;
        Schema sameType = null;
        for (var branch : reader.getTypes()) {
            if (accepts(branch, writer)) {
                if (Objects.equals(branch.getFullName(), writer.getFullName())) {
                    return branch;
                }
                sameType = sameType == null || branch.getName().equals(writer.getName()) ? branch : sameType;
            }
            string = branch.getType() == Schema.Type.STRING ? branch : string;
        }
        return sameType == null && writer.getType() == Schema.Type.BYTES ? string : sameType;
    }

    private static boolean accepts(Schema reader, Schema writer) {
        return reader.getType() == writer.getType();
    }
}
