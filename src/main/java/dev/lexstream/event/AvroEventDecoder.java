package dev.lexstream.event;

import dev.lexstream.avro.TextEvent;
import dev.lexstream.registry.AvroDeserializer;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.WireFormatException;
import java.util.OptionalInt;

/** Decodes Avro in the Confluent wire format. */
final class AvroEventDecoder implements EventDecoder {
    private final AvroDeserializer<TextEvent> deserializer;

    AvroEventDecoder(SchemaRegistry registry) {
        this.deserializer = new AvroDeserializer<>(registry, TextEvent.class);
    }

    @Override
    public TextEvent decode(String topic, byte[] value) {
        if (value == null) {
            throw new UndecodableEventException("value is null (a tombstone); allowed is a text event");
        }
        TextEvent event;
        try {
            event = deserializer.deserialize(topic, value);
        } catch (WireFormatException e) {
            throw new UndecodableEventException(e.getMessage(), e);
        }
        EventRules.check(event);
        return event;
    }

    @Override
    public OptionalInt unknownSchema(byte[] value) {
        return deserializer.unknownSchema(value);
    }
}
