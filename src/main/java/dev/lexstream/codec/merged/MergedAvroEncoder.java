package dev.lexstream.codec.merged;

import dev.lexstream.avro.Enrichment;
import dev.lexstream.codec.EnrichedTexts;
import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.registry.LastField;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.SchemaTrial;
import dev.lexstream.registry.SplitValue;
import dev.lexstream.registry.WireFormat;
import dev.lexstream.registry.WireFormatException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Merged values of Avro in the Confluent wire format. The bytes that came stay, except where a record is in another of its own
 * type: that one gets the field too, as null.
 *
 * <p>Threading: may be called from any thread.
 */
public final class MergedAvroEncoder implements OutputEncoder {
    private final LastField<Enrichment> field = new LastField<>(Enrichment.class);
    private final MergedSchemas schemas;

    /**
     * With the name of the field.
     *
     * @throws IllegalArgumentException if it is no name by the rules of Avro
     */
    public MergedAvroEncoder(SchemaRegistry registry, String name) {
        this.schemas = new MergedSchemas(Objects.requireNonNull(registry, "registry"), name, field);
    }

    @Override
    public byte[] encode(String topic, InputRecord input, EnrichedEvent enriched) {
        try {
            var writer = WireFormat.schemaId(input.value());
            var way = schemas.way(writer);
            var value = way.splitter().split(input.value());
            var enrichment = joined(value, way, EnrichedTexts.enrichment(enriched));
            return value.with(schemas.id(input.topic(), topic, writer), field.encode(enrichment));
        } catch (WireFormatException e) {
            throw new UndecodableEventException(e.getMessage(), e);
        }
    }

    private static Enrichment joined(SplitValue value, MergedSchemas.Way way, Enrichment later) {
        if (!value.held()) {
            return later;
        }
        return way.held()
                .get(value.record())
                .decode(value)
                .map(earlier -> Enrichments.joined(earlier, later))
                .orElse(later);
    }

    @Override
    public void prepare(Collection<String> inputs, String topic) {
        inputs.forEach(input -> schemas.prepare(input, topic));
    }

    @Override
    public List<SchemaTrial> trials(Collection<String> inputs, String topic) {
        return inputs.stream()
                .flatMap(input -> schemas.trials(input, topic).stream())
                .toList();
    }

    /**
     * What the schemas become that the subject of an input topic has, by their ids, the oldest version first: for whoever registers
     * them where this application may not. Nothing is registered.
     *
     * @return empty if the topic has no subject, or subjects are not named by topics alone
     * @throws dev.lexstream.registry.WireFormatException if one of them is no Avro schema
     * @throws dev.lexstream.registry.RegistryUnavailableException if the registry gives no usable answer
     */
    public Map<Integer, MergedSchema> derived(String inputTopic) {
        return schemas.all(inputTopic);
    }
}
