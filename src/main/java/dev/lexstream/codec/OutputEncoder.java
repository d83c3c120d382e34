package dev.lexstream.codec;

import dev.lexstream.codec.merged.MergedAvroEncoder;
import dev.lexstream.codec.merged.MergedJson;
import dev.lexstream.config.Format;
import dev.lexstream.config.OutputSettings;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Makes values of output records of what came in and what was found.
 *
 * <p>Threading: may be called from any thread.
 */
@FunctionalInterface
public interface OutputEncoder {
    /**
     * Makes one value. A value that has the field of a merged one already, from another pipeline with the same name for it, keeps
     * one: its annotations come first, it was received when the first pipeline did, and its language is that of the last pipeline
     * which knew it.
     *
     * @param topic topic the record goes to
     * @param input the record that was read, with a value
     * @param enriched what was made of it
     * @throws UndecodableEventException if the input's value has no place for what was found; a data error
     * @throws IllegalArgumentException for an event with a {@link dev.lexstream.plan.Outcome.Failed}, which belongs in the dead
     *     letters
     * @throws dev.lexstream.registry.RegistryUnavailableException if a schema cannot be had now
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the value
     */
    byte[] encode(String topic, InputRecord input, EnrichedEvent enriched);

    /**
     * Has the schemas of the values registered or looked up, as the settings want it, before there is a value.
     *
     * @param inputs topics that records are read from, as far as they are known
     * @param topic topic that they go to
     * @throws dev.lexstream.registry.RegistryUnavailableException if the registry gives no usable answer
     * @throws dev.lexstream.registry.SchemaRejectedException if the registry has or takes no schema for the values
     */
    default void prepare(Collection<String> inputs, String topic) {
        // nothing to ask
    }

    /** That of a pipeline's settings; the registry is asked only for Avro, and may be null otherwise. */
    static OutputEncoder of(OutputSettings settings, SchemaRegistry registry) {
        boolean avro = settings.format() == Format.AVRO;
        return switch (settings.shape()) {
            case ENRICHED_TEXT -> avro ? enrichedTexts(registry) : enrichedTextsAsJson();
            case MERGED -> avro ? new MergedAvroEncoder(registry, settings.field()) : new MergedJson(settings.field());
        };
    }

    /** Enriched texts in Avro, whatever the input is. */
    static OutputEncoder enrichedTexts(SchemaRegistry registry) {
        EnrichedTextEncoder avro = EnrichedTextEncoder.avro(registry);
        return new OutputEncoder() {
            @Override
            public byte[] encode(String topic, InputRecord input, EnrichedEvent enriched) {
                return avro.encode(topic, enriched);
            }

            @Override
            public void prepare(Collection<String> inputs, String topic) {
                avro.prepare(topic);
            }
        };
    }

    /** Enriched texts in JSON, whatever the input is. */
    static OutputEncoder enrichedTextsAsJson() {
        EnrichedTextJson json = new EnrichedTextJson();
        return (topic, input, enriched) -> json.line(EnrichedTexts.of(enriched)).getBytes(StandardCharsets.UTF_8);
    }
}
