package dev.lexstream.registry;

import dev.lexstream.registry.SchemaRegistry.WriterSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes values of generated classes in the Confluent wire format. The schema and its id are asked for once per topic,
 * before the topic's first value is written.
 *
 * <p>Threading: may be called from any thread. {@link #close} leaves the registry open.
 *
 * @param <T> generated class of the values
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    private static final int TYPICAL_BYTES = 2048;

    private final SchemaRegistry registry;
    private final Schema own;
    private final DatumWriter<T> writer;
    private final Map<String, Target> targets = new ConcurrentHashMap<>();

    /** What to write for a topic; comparing schemas takes long, so it is done once. */
    private record Target(WriterSchema schema, boolean isOwn) {}

    /**
     * Makes a serializer; nothing is sent to the registry yet.
     *
     * @param registry where schemas are registered and looked up
     * @param type generated class of the values
     */
    public AvroSerializer(SchemaRegistry registry, Class<T> type) {
        this.registry = Objects.requireNonNull(registry, "registry");
        var data = new SpecificData(type.getClassLoader());
        SpecificData.getForClass(type).getConversions().forEach(data::addLogicalTypeConversion);
        // generated code writes fields without a look at the schema, where a record has no logical types
        data.setCustomCoders(true);
        this.own = PortableSchema.of(data.getSchema(type));
        this.writer = new SpecificDatumWriter<>(data.getSchema(type), data);
    }

    /**
     * Writes one value.
     *
     * @param topic topic the value is for; names the subject
     * @param value the value; null becomes null, Kafka's tombstone
     * @throws SchemaRejectedException if the registry has or takes no schema the value can be written with
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        var target = target(topic);
        var schema = target.schema();
        try {
            var avro = new ByteArrayOutputStream(TYPICAL_BYTES);
            avro.writeBytes(WireFormat.header(schema.id()));
            if (target.isOwn()) {
                write(writer, value, avro);
            } else {
                write(new GenericDatumWriter<>(schema.schema()), converted(value, schema.schema()), avro);
            }
            return avro.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks for schema and id before there is a value.
     *
     * @param topic topic that values are for; names the subject
     * @throws SchemaRejectedException if the registry has or takes no schema values can be written with
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    public void prepare(String topic) {
        target(topic);
    }

    /**
     * What {@link #prepare} would come to. Nothing is registered.
     *
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    public SchemaTrial trial(String topic) {
        return registry.trial(topic, own);
    }

    private Target target(String topic) {
        var target = targets.get(topic);
        if (target == null) {
            // not computeIfAbsent: that would hold a lock through the retries
            var found = registry.writerSchema(topic, own);
            target = new Target(found, found.schema().equals(own));
            targets.put(topic, target);
        }
        return target;
    }

    /** The value in a later schema. By name and with defaults: generated classes know fields by position only. */
    private GenericRecord converted(T value, Schema target) throws IOException {
        var avro = new ByteArrayOutputStream(TYPICAL_BYTES);
        write(writer, value, avro);
        return new GenericDatumReader<GenericRecord>(own, target)
                .read(null, new AvroBytesDecoder(avro.toByteArray(), 0));
    }

    private static <R> void write(DatumWriter<R> writer, R value, ByteArrayOutputStream out) throws IOException {
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        writer.write(value, encoder);
        encoder.flush();
    }
}
