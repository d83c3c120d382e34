package dev.lexstream.codec.merged;

import dev.lexstream.avro.Enrichment;
import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.registry.LastField;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.SchemaRejectedException;
import dev.lexstream.registry.SchemaTrial;
import dev.lexstream.registry.ValueSplitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * The schemas of merged values: derived once for each schema of the input, and registered under the subjects of output topics,
 * not under those of the input, where they would be the latest to producers.
 *
 * <p>Threading: may be called from any thread.
 */
final class MergedSchemas {
    private final SchemaRegistry registry;
    private final String field;
    private final LastField<Enrichment> enrichment;
    private final SchemaDerivation derivation;
    private final EnrichmentType type;
    private final Map<Integer, MergedSchema> derived = new ConcurrentHashMap<>();
    private final Map<Integer, Way> ways = new ConcurrentHashMap<>();
    private final Map<Target, Integer> ids = new ConcurrentHashMap<>();

    /** Values of one writer's schema that go to one topic. */
    private record Target(String topic, int writer) {}

    /**
     * How values of one writer's schema are made into merged ones.
     *
     * @param splitter finds the place of the field
     * @param held how the field is read that a record has already, by the record's full name
     */
    record Way(ValueSplitter splitter, Map<String, LastField.Reading<Enrichment>> held) {}

    MergedSchemas(SchemaRegistry registry, String field, LastField<Enrichment> enrichment) {
        this.registry = registry;
        this.field = field;
        this.enrichment = enrichment;
        this.type = new EnrichmentType(enrichment);
        this.derivation = new SchemaDerivation(field, type);
    }

    /**
     * What becomes of the schema with an id.
     *
     * @throws dev.lexstream.registry.WireFormatException if the id is that of no Avro schema, or of none at all
     * @throws dev.lexstream.registry.RegistryUnavailableException if the registry gives no usable answer
     */
    MergedSchema of(int writer) {
        var known = derived.get(writer);
        if (known == null) {
            // not computeIfAbsent: that would hold a lock through the retries
            known = derivation.derive(registry.source(writer));
            derived.put(writer, known);
        }
        return known;
    }

    /**
     * How values of a writer's schema are made into merged ones.
     *
     * @throws UndecodableEventException if no schema can be derived
     */
    Way way(int writer) {
        var known = ways.get(writer);
        if (known == null) {
            known = made(writer, required(writer));
            ways.put(writer, known);
        }
        return known;
    }

    private Way made(int writer, MergedSchema.Derived merged) {
        var schema = registry.source(writer).schema();
        var held = new HashMap<String, LastField.Reading<Enrichment>>();
        for (Schema record : Types.of(schema).records()) {
            if (merged.held().contains(record.getFullName())) {
                var there = type.within(record.getField(field).schema()).orElseThrow();
                held.put(record.getFullName(), enrichment.reading(there));
            }
        }
        return new Way(new ValueSplitter(writer, schema, merged.extended(), merged.held()), held);
    }

    /**
     * The id that values of a writer's schema are written with. One that is met for the first time is registered after those of
     * earlier versions, as these would be refused after it.
     */
    int id(String inputTopic, String topic, int writer) {
        var target = new Target(topic, writer);
        var id = ids.get(target);
        if (id == null) {
            if (registry.registers()) {
                registry.versions(inputTopic).stream()
                        .takeWhile(version -> version != writer)
                        .filter(version -> of(version) instanceof MergedSchema.Derived)
                        .forEach(version -> register(new Target(topic, version)));
            }
            id = register(target);
        }
        return id;
    }

    /**
     * Registers or looks up what all versions of the input become, the oldest first.
     *
     * @throws SchemaRejectedException naming all that are refused or missing
     */
    void prepare(String inputTopic, String topic) {
        var versions = registry.versions(inputTopic);
        var problems = new ArrayList<String>();
        for (var i = 0; i < versions.size(); i++) {
            int writer = versions.get(i);
            if (of(writer) instanceof MergedSchema.Refused refused) {
                if (i
                        == versions.size()
                                - 1) { // earlier ones may have no records left; those that are met are data errors
                    problems.add(describe(writer, refused));
                }
                continue;
            }
            try {
                register(new Target(topic, writer));
            } catch (SchemaRejectedException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new SchemaRejectedException(problems.stream().distinct().collect(Collectors.joining("; ")));
        }
    }

    /** What {@link #prepare} would come to. Nothing is registered. */
    List<SchemaTrial> trials(String inputTopic, String topic) {
        var trials = new ArrayList<SchemaTrial>();
        var versions = List.copyOf(all(inputTopic).entrySet());
        for (var i = 0; i < versions.size(); i++) {
            var writer = versions.get(i).getKey();
            if (versions.get(i).getValue() instanceof MergedSchema.Derived found) {
                trials.add(registry.trial(topic, found.source(), described(writer)));
            } else {
                var refused = (MergedSchema.Refused) versions.get(i).getValue();
                var verdict = i == versions.size() - 1 ? SchemaTrial.Verdict.REFUSED : SchemaTrial.Verdict.PASSED_OVER;
                trials.add(new SchemaTrial(described(writer), "", verdict, describe(writer, refused)));
            }
        }
        return trials;
    }

    private static String described(int writer) {
        return "the schema derived from that with id " + writer;
    }

    /** What the versions of the input's subject become, by their ids, the oldest first. */
    Map<Integer, MergedSchema> all(String inputTopic) {
        return registry.versions(inputTopic).stream()
                .distinct()
                .collect(Collectors.toMap(id -> id, this::of, (a, b) -> a, LinkedHashMap::new));
    }

    private int register(Target target) {
        var known = ids.get(target);
        if (known == null) {
            known = registry.idOf(target.topic(), required(target.writer()).source(), described(target.writer()));
            ids.put(target, known);
        }
        return known;
    }

    private MergedSchema.Derived required(int writer) {
        var merged = of(writer);
        if (merged instanceof MergedSchema.Derived found) {
            return found;
        }
        throw new UndecodableEventException(describe(writer, (MergedSchema.Refused) merged));
    }

    private static String describe(int writer, MergedSchema.Refused refused) {
        return "values with schema id " + writer + " have no place for the field: " + refused.problem();
    }
}
