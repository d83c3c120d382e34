package dev.lexstream.codec;

import dev.lexstream.codec.field.AvroValue;
import dev.lexstream.codec.field.EventFields;
import dev.lexstream.event.TextEvent;
import dev.lexstream.registry.AvroGenericReader;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.WireFormatException;
import java.util.OptionalInt;

/** Decodes Avro by the schema that each record was written with. Checks no rules. */
final class GenericAvroEventDecoder implements EventDecoder {
    private final AvroGenericReader reader;
    private final EventFields fields;

    GenericAvroEventDecoder(SchemaRegistry registry, EventFields fields) {
        this.reader = new AvroGenericReader(registry);
        this.fields = fields;
    }

    @Override
    public TextEvent decode(InputRecord record) {
        AvroGenericReader.Written written;
        try {
            written = reader.read(record.value());
        } catch (WireFormatException e) {
            throw new UndecodableEventException(e.getMessage(), e);
        }
        return fields.event(AvroValue.of(written.schema(), written.datum()), record);
    }

    @Override
    public OptionalInt unknownSchema(byte[] value) {
        return reader.unknownSchema(value);
    }
}
