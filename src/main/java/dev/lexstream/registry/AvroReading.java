package dev.lexstream.registry;

import java.io.IOException;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * How a value in the Confluent wire format is read, whatever becomes of it: its schema is asked for once per id, the whole value is
 * walked before Avro sees it, and whatever goes wrong is the value's.
 *
 * @param registry where schemas are looked up
 * @param target what it is read as, for messages
 */
record AvroReading(SchemaRegistry registry, String target) {

    /** Reads a value that has been walked. */
    @FunctionalInterface
    interface Reader<T> {
        T read(AvroBytesDecoder in) throws IOException;
    }

    /** What to walk a value by, and what then reads it. */
    record Plan<T>(Schema writer, Schema reader, Reader<T> values) {}

    /** Finds the plan for an id. */
    @FunctionalInterface
    interface Plans<T> {
        Plan<T> of(int id, Schema writer);
    }

    /**
     * Reads one value.
     *
     * @param value not null
     * @throws WireFormatException if it is not readable
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    <T> T read(byte[] value, Plans<T> plans) {
        var id = WireFormat.schemaId(value);
        var writer = registry.schema(id);
        try {
            return read(plans.of(id, writer), id, value);
        } catch (IOException | RuntimeException e) {
            // the schemas are at hand, so whatever goes wrong now is the value's
            if (e instanceof WireFormatException known) {
                throw known;
            }
            // a cause's message travels with the dead letter as it is, so one with foreign names of any length stays
            // here
            var problem = String.valueOf(e.getMessage());
            var isPlain = WireFormatException.printable(problem).equals(problem);
            throw unreadable(writer, id, value, problem, isPlain ? e : null);
        } catch (StackOverflowError e) {
            // without a cause: its thousand frames would travel with the dead letter
            throw unreadable(writer, id, value, "nested too deep for the stack", null);
        }
    }

    private static <T> T read(Plan<T> plan, int id, byte[] value) throws IOException {
        var ahead = new AvroBytesDecoder(value, WireFormat.HEADER_BYTES);
        AvroValueChecker.check(plan.writer(), plan.reader(), ahead);
        if (ahead.remaining() > 0) {
            throw new WireFormatException(
                    "value of %d bytes with schema id %d has %d bytes after the record; allowed is 0"
                            .formatted(value.length, id, ahead.remaining()));
        }
        return plan.values().read(new AvroBytesDecoder(value, WireFormat.HEADER_BYTES));
    }

    private WireFormatException unreadable(Schema writer, int id, byte[] value, String problem, Exception cause) {
        return new WireFormatException(
                "value of %d bytes with schema id %d (%s) is not readable as %s: %s"
                        .formatted(value.length, id, writer.getFullName(), target, problem),
                cause);
    }

    /** The id of the schema that the registry would have to be asked for; empty when none. */
    OptionalInt unknownSchema(byte[] value) {
        if (value == null || value.length < WireFormat.HEADER_BYTES || value[0] != WireFormat.MAGIC) {
            return OptionalInt.empty();
        }
        var id = WireFormat.schemaId(value);
        return registry.knows(id) ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
