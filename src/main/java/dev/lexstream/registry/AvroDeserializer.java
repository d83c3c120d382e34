package dev.lexstream.registry;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads values in the Confluent wire format into generated classes. The schema a value was written with is asked for once
 * per id; fields are resolved to the class's own schema by Avro's rules, aliases of types and fields included, and optional
 * instants converted from the writer's unit.
 *
 * <p>Stricter than Avro's Java library: strings that are not UTF-8, also where the writer has them as bytes, lengths beyond the
 * value's end, values nested more than 256 deep, blocks of another size than they say, more values than the bytes can mean
 * and bytes left over after the record are errors.
 *
 * <p>Threading: may be called from any thread. {@link #close} leaves the registry open.
 *
 * @param <T> generated class of the values
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private final SchemaRegistry registry;
    private final SpecificData data;
    private final Schema own;
    private final Schema ownWithoutAliases;
    // Avro does not promise that its readers may be shared between threads
    private final ThreadLocal<Map<Integer, WriterReader<T>>> readersById = ThreadLocal.withInitial(HashMap::new);

    /** How values of one writer's schema are read, that being in the reader's names. */
    private record WriterReader<T>(Schema writer, Schema reader, DatumReader<T> values) {}

    /**
     * Makes a deserializer; nothing is sent to the registry yet.
     *
     * @param registry where schemas are looked up
     * @param type generated class of the values
     */
    public AvroDeserializer(SchemaRegistry registry, Class<T> type) {
        this.registry = Objects.requireNonNull(registry, "registry");
        var generated = SpecificData.getForClass(type);
        this.data = new SpecificData(type.getClassLoader());
        generated.getConversions().forEach(data::addLogicalTypeConversion);
        data.addLogicalTypeConversion(EpochField.conversion());
        this.own = generated.getSchema(type);
        this.ownWithoutAliases = Aliases.without(own);
    }

    /**
     * Reads one value.
     *
     * @param topic not used: the value itself names its schema
     * @param value the value; null, Kafka's tombstone, becomes null
     * @throws WireFormatException if the value is not a readable record of {@code T}
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    @Override
    public T deserialize(String topic, byte[] value) {
        if (value == null) {
            return null;
        }
        var id = WireFormat.schemaId(value);
        var writer = registry.schema(id);
        try {
            return read(reader(id, writer), id, value);
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

    private WriterReader<T> reader(int id, Schema writer) {
        var readers = readersById.get();
        var reader = readers.get(id);
        if (reader == null) {
            var named = Aliases.applied(writer, own);
            var target = EpochField.readerFor(named, ownWithoutAliases);
            reader = new WriterReader<>(named, target, new SpecificDatumReader<>(named, target, data));
            readers.put(id, reader);
        }
        return reader;
    }

    private T read(WriterReader<T> reader, int id, byte[] value) throws IOException {
        var ahead = new AvroBytesDecoder(value, WireFormat.HEADER_BYTES);
        AvroValueChecker.check(reader.writer(), reader.reader(), ahead);
        if (ahead.remaining() > 0) {
            throw new WireFormatException(
                    "value of %d bytes with schema id %d has %d bytes after the record; allowed is 0"
                            .formatted(value.length, id, ahead.remaining()));
        }
        return reader.values().read(null, new AvroBytesDecoder(value, WireFormat.HEADER_BYTES));
    }

    private WireFormatException unreadable(Schema writer, int id, byte[] value, String problem, Exception cause) {
        return new WireFormatException(
                "value of %d bytes with schema id %d (%s) is not readable as %s: %s"
                        .formatted(value.length, id, writer.getFullName(), own.getFullName(), problem),
                cause);
    }

    /**
     * The id of the schema that {@link #deserialize} would have to ask the registry for; empty when it would ask nothing.
     *
     * @param value the value; null for a tombstone
     */
    public OptionalInt unknownSchema(byte[] value) {
        if (value == null || value.length < WireFormat.HEADER_BYTES || value[0] != WireFormat.MAGIC) {
            return OptionalInt.empty();
        }
        var id = WireFormat.schemaId(value);
        return registry.knows(id) ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
