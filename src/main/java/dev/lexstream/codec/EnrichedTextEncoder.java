package dev.lexstream.codec;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.registry.AvroSerializer;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.SchemaTrial;
import java.util.List;

/**
 * Encodes enriched events as the values of output records.
 *
 * <p>Threading: may be called from any thread.
 */
@FunctionalInterface
public interface EnrichedTextEncoder {
    /**
     * Encodes one enriched event.
     *
     * @param topic topic the record goes to
     * @param enriched what to encode
     * @throws IllegalArgumentException for an event with a {@link dev.lexstream.plan.Outcome.Failed}, which belongs in the dead
     *     letters
     * @throws dev.lexstream.registry.RegistryUnavailableException if the schema's id cannot be had now
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the value
     */
    byte[] encode(String topic, EnrichedEvent enriched);

    /**
     * Has the schema of the values registered or looked up, as the settings want it, before there is a value.
     *
     * @throws dev.lexstream.registry.RegistryUnavailableException if the registry gives no usable answer
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the values
     */
    default void prepare(String topic) {
        // nothing to ask
    }

    /**
     * What {@link #prepare} would come to. Nothing is registered.
     *
     * @return empty where no registry is asked
     * @throws dev.lexstream.registry.RegistryUnavailableException if the registry gives no usable answer
     */
    default List<SchemaTrial> trials(String topic) {
        return List.of();
    }

    /** Encodes as Avro in the Confluent wire format. */
    static EnrichedTextEncoder avro(SchemaRegistry registry) {
        AvroSerializer<EnrichedText> serializer = new AvroSerializer<>(registry, EnrichedText.class);
        return new EnrichedTextEncoder() {
            @Override
            public byte[] encode(String topic, EnrichedEvent enriched) {
                return serializer.serialize(topic, EnrichedTexts.of(enriched));
            }

            @Override
            public void prepare(String topic) {
                serializer.prepare(topic);
            }

            @Override
            public List<SchemaTrial> trials(String topic) {
                return List.of(serializer.trial(topic));
            }
        };
    }
}
