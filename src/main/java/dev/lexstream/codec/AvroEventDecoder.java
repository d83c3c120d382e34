package dev.lexstream.codec;

import dev.lexstream.event.Attribute;
import dev.lexstream.event.TextEvent;
import dev.lexstream.registry.AvroDeserializer;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.WireFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Decodes Avro in the Confluent wire format. Checks no rules. */
final class AvroEventDecoder implements EventDecoder {
    private final AvroDeserializer<dev.lexstream.avro.TextEvent> deserializer;

    AvroEventDecoder(SchemaRegistry registry) {
        this.deserializer = new AvroDeserializer<>(registry, dev.lexstream.avro.TextEvent.class);
    }

    @Override
    public TextEvent decode(InputRecord record) {
        try {
            return event(deserializer.deserialize(record.topic(), record.value()), record);
        } catch (WireFormatException e) {
            throw new UndecodableEventException(e.getMessage(), e);
        }
    }

    @Override
    public OptionalInt unknownSchema(byte[] value) {
        return deserializer.unknownSchema(value);
    }

    private static TextEvent event(dev.lexstream.avro.TextEvent avro, InputRecord record) {
        var attributes = new LinkedHashMap<String, Attribute>();
        avro.getAttributes().forEach((name, value) -> attributes.put(name, Attribute.of(value)));
        return new TextEvent(
                avro.getId(),
                Map.of(TextEvent.TEXT, avro.getText()),
                Optional.ofNullable(avro.getLanguage()),
                Optional.ofNullable(avro.getSource()),
                Optional.ofNullable(avro.getOccurredAt()),
                attributes,
                record.envelope());
    }
}
