package dev.lexstream.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Finds the place of one more last field in values of one writer's schema. A record is its fields one after the other, so that
 * the bytes of all that the writer knows stay as they are. Values are walked strictly to their end, as {@link AvroDeserializer}
 * does, since what stands behind a field must be that field. Strings are not read and may hold any bytes.
 *
 * <p>Where a record that gets the field also occurs inside the value, each of those gets it too, as null: a byte 0. Blocks of
 * arrays and maps that say their size, which is then another, are written without it.
 *
 * <p>Source: <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro specification</a>.
 *
 * <p>Threading: may be called from any thread.
 */
public final class ValueSplitter {
    private final int id;
    private final Schema writer;
    private final Set<String> extended;
    private final Set<String> held;

    /**
     * For values of one schema.
     *
     * @param id of the schema, for messages
     * @param writer the schema: a record, or a union of records and null
     * @param extended full names of the top-level records that get the field
     * @param held full names of those whose last field it is already
     */
    public ValueSplitter(int id, Schema writer, Set<String> extended, Set<String> held) {
        this.id = id;
        this.writer = Objects.requireNonNull(writer, "writer");
        this.extended = Set.copyOf(extended);
        this.held = Set.copyOf(held);
    }

    /**
     * Walks one value.
     *
     * @param value in the wire format
     * @throws WireFormatException if the value is no whole value of the schema, or is null and no record
     */
    public SplitValue split(byte[] value) {
        var in = new AvroBytesDecoder(value, WireFormat.HEADER_BYTES);
        var found = new Found();
        try {
            AvroValueChecker.walk(writer, in, found);
        } catch (IOException | AvroRuntimeException e) {
            throw bad(value, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw bad(value, "nested too deep for the stack");
        }
        if (in.remaining() > 0) {
            throw bad(value, in.remaining() + " bytes after the record; allowed is 0");
        }
        if (found.record == null) {
            throw bad(value, "null, which has no fields; allowed are the records of its schema");
        }
        return found.split(value);
    }

    private WireFormatException bad(byte[] value, String problem) {
        return new WireFormatException("value of %d bytes with schema id %d: %s".formatted(value.length, id, problem));
    }

    /** Instead of the bytes from one position to another. */
    private record Edit(int from, int to, byte[] bytes) {}

    private final class Found implements AvroValueChecker.Places {
        private static final byte[] NULL = {0};

        private final List<Edit> edits = new ArrayList<>();
        private Schema record;
        private int lastField;
        private boolean isNested;

        @Override
        public void lastField(Schema type, int depth, int position) {
            lastField = depth == 1 ? position : lastField;
        }

        @Override
        public void recordEnd(Schema type, int depth, int position) {
            if (depth == 1) {
                record = type;
            } else if (extended.contains(type.getFullName())) {
                isNested = true;
                edits.add(new Edit(position, position, NULL));
            }
        }

        @Override
        public void sizedBlock(int head, int afterHead, long items) {
            edits.add(new Edit(head, afterHead, WireFormat.varint(items)));
        }

        SplitValue split(byte[] value) {
            var isHeld = held.contains(record.getFullName());
            var place = isHeld ? lastField : value.length;
            if (!isNested) {
                return new SplitValue(record.getFullName(), value, WireFormat.HEADER_BYTES, place, isHeld);
            }
            var out = new ByteArrayOutputStream(value.length + edits.size());
            var copied = WireFormat.HEADER_BYTES;
            for (var edit : edits) {
                if (edit.from() >= place && isHeld) {
                    break; // no record that gets the field is within it
                }
                out.write(value, copied, edit.from() - copied);
                out.writeBytes(edit.bytes());
                copied = edit.to();
            }
            out.write(value, copied, place - copied);
            var before = out.size();
            out.write(value, place, value.length - place);
            return new SplitValue(record.getFullName(), out.toByteArray(), 0, before, isHeld);
        }
    }
}
