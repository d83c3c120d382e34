package dev.lexstream.codec.merged;

import dev.lexstream.codec.InputRecord;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.registry.SchemaRegistry;

/**
 * Makes values of output records of those of the input: the value as it came, with the enrichment as one more last field.
 *
 * <p>A value that has such a field already, from another pipeline that gives it the same name, keeps one: its annotations come
 * first, it was received when the first pipeline did, and its language is that of the last pipeline which knew it.
 *
 * <p>Threading: may be called from any thread.
 */
public interface MergedEncoder {
    /** What the field is called where nobody says otherwise. */
    String FIELD = "enrichment";

    /**
     * Makes one value.
     *
     * @param topic topic the record goes to
     * @param input the record that was read
     * @param enriched what was made of it
     * @return null, a tombstone, for a tombstone
     * @throws dev.lexstream.codec.UndecodableEventException if the value has no place for the field, or is not of its format to its
     *     end; a data error
     * @throws IllegalArgumentException for an event with a {@link dev.lexstream.plan.Outcome.Failed}, which belongs in the dead
     *     letters
     * @throws dev.lexstream.registry.RegistryUnavailableException if a schema cannot be had now
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the value
     */
    byte[] encode(String topic, InputRecord input, EnrichedEvent enriched);

    /**
     * Has the schemas of the values registered or looked up, as the settings want it, before there is a value.
     *
     * @param inputTopic topic that records are read from
     * @param topic topic that they go to
     * @throws dev.lexstream.registry.RegistryUnavailableException if the registry gives no usable answer
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the values
     */
    default void prepare(String inputTopic, String topic) {
        // nothing to ask
    }

    /**
     * Avro in the Confluent wire format, under schemas derived from those of the input.
     *
     * @param field name of the field
     * @throws IllegalArgumentException if it is no name by the rules of Avro
     */
    static MergedAvroEncoder avro(SchemaRegistry registry, String field) {
        return new MergedAvroEncoder(registry, field);
    }

    /**
     * JSON objects.
     *
     * @param field name of the member
     * @throws IllegalArgumentException if it is empty
     */
    static MergedEncoder json(String field) {
        return new MergedJson(field);
    }
}
