package dev.lexstream.codec;

import dev.lexstream.codec.field.EventFields;
import dev.lexstream.codec.field.JsonValue;
import dev.lexstream.config.FieldSettings;
import dev.lexstream.config.InputSettings;
import dev.lexstream.event.TextEvent;
import dev.lexstream.registry.SchemaRegistry;
import java.util.OptionalInt;

/**
 * Makes events of input records.
 *
 * <p>A decoded event can be enriched: its id is not empty, its main text has something visible in it (combining marks or emoji
 * alone will do), and all its strings are well-formed Unicode. Texts may be of any length. When it occurred is converted from the
 * writer's unit. Key and headers are the record's. Neither bytes nor writers' schemas can make decoding long, large or deep.
 *
 * <p>Threading: may be called from any thread.
 */
@FunctionalInterface
public interface EventDecoder {
    /**
     * Decodes one record.
     *
     * @throws UndecodableEventException if the record holds no event that can be enriched; a data error
     * @throws dev.lexstream.registry.RegistryUnavailableException if the value's schema cannot be had now; says nothing
     *     about the record
     */
    TextEvent decode(InputRecord record);

    /**
     * The id of the schema that {@link #decode} would have to ask the registry for; empty when it would ask nothing. Never
     * blocks.
     *
     * @param value value of the record; null for a tombstone
     */
    default OptionalInt unknownSchema(byte[] value) {
        return OptionalInt.empty();
    }

    /** Decodes Avro in the Confluent wire format, written with any schema {@code TextEvent} can be read from. */
    static EventDecoder avro(SchemaRegistry registry) {
        return new CheckedEventDecoder(new AvroEventDecoder(registry));
    }

    /** Decodes what records hold by the settings; the registry is asked only for Avro. */
    static EventDecoder of(InputSettings settings, SchemaRegistry registry) {
        EventFields fields = new EventFields(settings.fields().orElse(FieldSettings.OF_TEXT_EVENTS));
        return switch (settings.format()) {
            case AVRO -> settings.fields().isPresent()
                    ? new CheckedEventDecoder(new GenericAvroEventDecoder(registry, fields))
                    : avro(registry);
            case JSON -> new CheckedEventDecoder(
                    record -> fields.event(new JsonValue(JsonText.object(record.value())), record));
            case TEXT -> new CheckedEventDecoder(new PlainTextDecoder());
        };
    }
}
