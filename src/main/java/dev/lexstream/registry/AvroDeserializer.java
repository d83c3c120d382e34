package dev.lexstream.registry;

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
    private final AvroReading reading;
    private final SpecificData data;
    private final Schema own;
    private final Schema ownWithoutAliases;
    // Avro does not promise that its readers may be shared between threads
    private final ThreadLocal<Map<Integer, AvroReading.Plan<T>>> plansById = ThreadLocal.withInitial(HashMap::new);

    /**
     * Makes a deserializer; nothing is sent to the registry yet.
     *
     * @param registry where schemas are looked up
     * @param type generated class of the values
     */
    public AvroDeserializer(SchemaRegistry registry, Class<T> type) {
        var generated = SpecificData.getForClass(type);
        this.data = new SpecificData(type.getClassLoader());
        generated.getConversions().forEach(data::addLogicalTypeConversion);
        data.addLogicalTypeConversion(EpochField.conversion());
        this.own = generated.getSchema(type);
        this.ownWithoutAliases = Aliases.without(own);
        this.reading = new AvroReading(Objects.requireNonNull(registry, "registry"), own.getFullName());
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
        return value == null ? null : reading.read(value, this::plan);
    }

    /** How values of one writer's schema are read, that being in the reader's names. */
    private AvroReading.Plan<T> plan(int id, Schema writer) {
        return plansById.get().computeIfAbsent(id, key -> {
            var named = Aliases.applied(writer, own);
            var target = EpochField.readerFor(named, ownWithoutAliases);
            DatumReader<T> values = new SpecificDatumReader<>(named, target, data);
            return new AvroReading.Plan<>(named, target, in -> values.read(null, in));
        });
    }

    /**
     * The id of the schema that {@link #deserialize} would have to ask the registry for; empty when it would ask nothing.
     *
     * @param value the value; null for a tombstone
     */
    public OptionalInt unknownSchema(byte[] value) {
        return reading.unknownSchema(value);
    }
}
