package dev.lexstream.event;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.registry.AvroSerializer;
import dev.lexstream.registry.SchemaRegistry;

/**
 * Encodes the values of output records.
 *
 * <p>Threading: may be called from any thread.
 */
@FunctionalInterface
public interface EnrichedTextEncoder {
    /**
     * Encodes one value.
     *
     * @param topic topic the record goes to
     * @param value what to encode
     * @throws dev.lexstream.registry.RegistryUnavailableException if the schema's id cannot be had now
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the value
     */
    byte[] encode(String topic, EnrichedText value);

    /**
     * Has the schema of the values registered or looked up, as the settings want it, before there is a value.
     *
     * @throws dev.lexstream.registry.RegistryUnavailableException if the registry gives no usable answer
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the values
     */
    default void prepare(String topic) {
        // nothing to ask
    }

    /** Encodes as Avro in the Confluent wire format. */
    static EnrichedTextEncoder avro(SchemaRegistry registry) {
        AvroSerializer<EnrichedText> serializer = new AvroSerializer<>(registry, EnrichedText.class);
        return new EnrichedTextEncoder() {
            @Override
            public byte[] encode(String topic, EnrichedText value) {
                return serializer.serialize(topic, value);
            }

            @Override
            public void prepare(String topic) {
                serializer.prepare(topic);
            }
        };
    }
}
