package dev.lexstream.event;

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

    /** Encodes as Avro in the Confluent wire format. */
    static EnrichedTextEncoder avro(SchemaRegistry registry) {
        return new AvroSerializer<>(registry, EnrichedText.class)::serialize;
    }
}
