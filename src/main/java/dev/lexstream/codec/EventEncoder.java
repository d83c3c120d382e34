package dev.lexstream.codec;

import dev.lexstream.event.TextEvent;
import dev.lexstream.registry.AvroSerializer;
import dev.lexstream.registry.SchemaRegistry;
import java.util.LinkedHashMap;

/**
 * Encodes events as the values of input records: for whoever sends events to a pipeline.
 *
 * <p>Threading: may be called from any thread.
 */
@FunctionalInterface
public interface EventEncoder {
    /**
     * Encodes one event; key and headers are not part of a value.
     *
     * @param topic topic the record goes to
     * @throws IllegalArgumentException if the format cannot hold the event
     * @throws dev.lexstream.registry.RegistryUnavailableException if the schema's id cannot be had now
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the value
     */
    byte[] encode(String topic, TextEvent event);

    /** Encodes events of one text as Avro in the Confluent wire format; attributes are texts there. */
    static EventEncoder avro(SchemaRegistry registry) {
        var serializer = new AvroSerializer<>(registry, dev.lexstream.avro.TextEvent.class);
        return (topic, event) -> {
            if (event.texts().size() > 1) {
                throw new IllegalArgumentException("an event of one text is allowed, found "
                        + event.texts().keySet());
            }
            var attributes = new LinkedHashMap<String, String>();
            event.attributes().forEach((name, value) -> attributes.put(name, value.asText()));
            return serializer.serialize(
                    topic,
                    new dev.lexstream.avro.TextEvent(
                            event.id(),
                            event.text(),
                            event.language().orElse(null),
                            event.source().orElse(null),
                            event.occurredAt().orElse(null),
                            attributes));
        };
    }
}
