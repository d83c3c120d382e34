package dev.lexstream.registry;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;

/**
 * Reads values in the Confluent wire format by whatever schema each was written with, as strictly as {@link AvroDeserializer}.
 * Strings are {@link String}; logical types are not converted.
 *
 * <p>Threading: may be called from any thread.
 */
public final class AvroGenericReader {
    private final AvroReading reading;
    // Avro does not promise that its readers may be shared between threads
    private final ThreadLocal<Map<Integer, AvroReading.Plan<Written>>> plansById =
            ThreadLocal.withInitial(HashMap::new);

    /**
     * What a value holds.
     *
     * @param schema that it was written with
     * @param datum as {@link GenericData} has it
     */
    public record Written(Schema schema, Object datum) {}

    /** @param registry where schemas are looked up; nothing is sent yet */
    public AvroGenericReader(SchemaRegistry registry) {
        this.reading = new AvroReading(Objects.requireNonNull(registry, "registry"), "Avro");
    }

    /**
     * Reads one value.
     *
     * @param value not null
     * @throws WireFormatException if it is not readable
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    public Written read(byte[] value) {
        return reading.read(value, this::plan);
    }

    /** The id of the schema that {@link #read} would have to ask the registry for; empty when it would ask nothing. */
    public OptionalInt unknownSchema(byte[] value) {
        return reading.unknownSchema(value);
    }

    private AvroReading.Plan<Written> plan(int id, Schema writer) {
        return plansById.get().computeIfAbsent(id, key -> {
            var values = new StringReader(writer);
            return new AvroReading.Plan<>(writer, writer, in -> new Written(writer, values.read(null, in)));
        });
    }

    /** Spares strings the way through Avro's own class for them. */
    private static final class StringReader extends GenericDatumReader<Object> {
        StringReader(Schema schema) {
            super(schema, schema, new GenericData());
            getData().setFastReaderEnabled(false); // which asks nobody how strings are read
        }

        @Override
        protected Object readString(Object old, Schema expected, Decoder in) throws IOException {
            return in.readString();
        }

        @Override
        protected Object readMapKey(Object old, Schema expected, Decoder in) throws IOException {
            return in.readString();
        }
    }
}
