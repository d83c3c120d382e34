package dev.lexstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good files with one thing wrong: each is refused, and the message says where and why. */
class PipelineMutationTest {

    private static final int MUTANTS = Integer.getInteger("mutants", 100);

    private static final String GOOD =
            """
            application-id: my.texts
            kafka:
              bootstrap.servers: localhost:9092
              num.stream.threads: 4
              producer.linger.ms: 0
            registry:
              schema.registry.url: http://localhost:8081
            topics:
              input: in
              output: out
              dead-letters: dead
              create: true
              partitions: 3
              replication-factor: 2
            input:
              format: json
              id: meta.id
              texts:
                subject: ticket.subject
                body:
                  path: ticket.body
                  required: true
              language: meta.lang
              source: meta.from
              occurred-at: meta.at
              attributes:
                priority: ticket.priority
            output:
              format: json
              shape: merged
              field: found
            routes:
              - when: stages.tag.status == 'done'
                topic: tagged
              - when: language == 'de'
                drop: true
            models: bundles
            language:
              detect: [en, de]
              min-confidence: 0.75
              default: de
            stages:
              - name: tag
                model: tagger-en
                input: [subject, body]
                when: language == 'en'
              - name: translate
                model: other
                timeout: 2s
                on-error: skip
                cache: 16MB
                precision: int8
            inference:
              device: gpu:0
              workers: 3
              threads: 2
              precision: bf16
              max-in-flight: 50
              max-in-flight-tokens: 70
              max-batch-tokens: 20
              max-batch-size: 30
              max-batch-delay: 7ms
              result-timeout: 20s
            max-outage: 1m
            unknown-schema-wait: 0s
            dead-letters:
              too-large: stop
              max-share: 0.5
            """;

    @TempDir
    private Path folder;

    private static final Set<String> REQUIRED = Set.of(
            "kafka.bootstrap.servers",
            "topics.input",
            "topics.output",
            "routes[0].when",
            "stages",
            "stages[0].name",
            "stages[1].model");

    /** Sections that take other names than these too. */
    private static final Set<String> FREE = Set.of("registry", "input.texts", "input.attributes");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Form FORM = PipelineSchema.load().form();

    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);

    /** A key of the good file: the mapping that it is in, and the form of its value. */
    private record Place(String section, ObjectNode mapping, String key, Form form) {

        String path() {
            return Problems.key(section, key);
        }
    }

    @Test
    void eachMutantIsRefusedWithPathLineAndReason() throws IOException {
        assertThat(load(GOOD).stages()).hasSize(2);
        for (int i = 0; i < MUTANTS; i++) {
            ObjectNode file = (ObjectNode) YAML.readTree(GOOD);
            String path = mutate(file);
            Map<String, Integer> lines = new HashMap<>();
            List<String> document = new ArrayList<>();
            write(file, "", "", document, lines);
            String about = "seed " + seed + ", mutant " + i + ", " + path + "\n" + String.join("\n", document);

            ConfigurationException failure =
                    catchThrowableOfType(ConfigurationException.class, () -> load(String.join("\n", document)));

            assertThat(failure).as(about).isNotNull();
            String where = lines.containsKey(path) ? path + " (line " + lines.get(path) + ")" : path;
            assertThat(failure.problems())
                    .as(about)
                    // below it where a mapping is allowed, but not this one
                    .anyMatch(problem ->
                            problem.where().equals(where) || problem.where().startsWith(path + "."))
                    .allSatisfy(problem -> {
                        assertThat(problem.found()).isNotBlank();
                        assertThat(problem.allowed()).isNotBlank();
                    });
        }
    }

    /** Makes one thing wrong; returns the path that must be named. */
    private String mutate(ObjectNode file) {
        List<Place> places = new ArrayList<>();
        collect(file, "", FORM, places);
        int mutation = random.nextInt(4);
        if (mutation == 0) {
            places.removeIf(place -> !REQUIRED.contains(place.path()));
        } else if (mutation == 1) {
            places.removeIf(place -> FREE.contains(place.section()));
        }
        Place place = places.get(random.nextInt(places.size()));
        switch (mutation) {
            case 0 -> place.mapping().remove(place.key());
            case 1 -> {
                String wrong = misspelt(place.key());
                Map<String, JsonNode> entries = new LinkedHashMap<>();
                place.mapping()
                        .properties()
                        .forEach(entry -> entries.put(
                                entry.getKey().equals(place.key()) ? wrong : entry.getKey(), entry.getValue()));
                place.mapping().removeAll();
                place.mapping().setAll(entries);
                return Problems.key(place.section(), wrong);
            }
            case 2 -> {
                if (place.form().allows("object") && place.form().allows("string")) {
                    place.mapping().putArray(place.key()).add("text");
                } else if (place.mapping().get(place.key()).isObject()) {
                    place.mapping().put(place.key(), "text");
                } else {
                    place.mapping().putObject(place.key()).put("a", 1);
                }
            }
            default -> {
                List<String> wrong = outOfRange(place);
                if (wrong.isEmpty()) {
                    place.mapping().remove(place.key());
                    return REQUIRED.contains(place.path()) ? place.path() : mutate(file);
                }
                place.mapping().put(place.key(), wrong.get(random.nextInt(wrong.size())));
            }
        }
        return place.path();
    }

    /** With a letter more, less or changed. */
    private String misspelt(String key) {
        int at = random.nextInt(key.length());
        char other = key.charAt(at) == 'q' ? 'z' : 'q';
        return switch (random.nextInt(3)) {
            case 0 -> key.substring(0, at) + other + key.substring(at);
            case 1 -> key.substring(0, at) + other + key.substring(at + 1);
            default -> key.substring(0, at) + key.charAt(at) + key.substring(at);
        };
    }

    private static List<String> outOfRange(Place place) {
        return switch (place.form().type()) {
            case "integer" -> List.of("0", "-1", "1.5", "2147483648", "99999999999999999999", "many");
            case "number" -> List.of("-0.1", "1.01", "NaN", "1e9", "much");
            case "boolean" -> List.of("yes", "1", "TRUE");
            case "array" -> List.of("en", ",", "en,");
            case "" -> List.of("", "Skip", "fp64");
            case "string" -> place.form().keywords().has("pattern") ? List.of("", " ") : List.of();
            default -> List.of("", "text");
        };
    }

    private static void collect(ObjectNode mapping, String path, Form form, List<Place> places) {
        mapping.properties().forEach(entry -> {
            Place place = new Place(path, mapping, entry.getKey(), form.property(entry.getKey()));
            places.add(place);
            if (entry.getValue() instanceof ObjectNode below) {
                collect(below, place.path(), place.form(), places);
            }
            for (int i = 0; i < entry.getValue().size(); i++) {
                if (entry.getValue().get(i) instanceof ObjectNode item) {
                    collect(item, Problems.item(place.path(), i), place.form().items(), places);
                }
            }
        });
    }

    /** As YAML in block style, noting the line of each key. */
    private static void write(
            ObjectNode mapping, String path, String indent, List<String> document, Map<String, Integer> lines) {
        mapping.properties().forEach(entry -> {
            String keyPath = Problems.key(path, entry.getKey());
            JsonNode value = entry.getValue();
            boolean block = value.isObject() || value.path(0).isObject();
            document.add(indent + entry.getKey() + ": " + (block ? "" : value));
            lines.put(keyPath, document.size());
            if (value instanceof ObjectNode below) {
                write(below, keyPath, indent + "  ", document, lines);
            } else if (block) {
                for (int i = 0; i < value.size(); i++) {
                    document.add(indent + "  -");
                    write((ObjectNode) value.get(i), Problems.item(keyPath, i), indent + "    ", document, lines);
                }
            }
        });
    }

    private Pipeline load(String document) throws IOException {
        PipelineLoader loader = new PipelineLoader(Map.of(), folder, settings -> {}, 6);
        return loader.load(Files.writeString(folder.resolve("pipeline.yaml"), document));
    }
}
