package dev.lexstream.codec;

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
}
