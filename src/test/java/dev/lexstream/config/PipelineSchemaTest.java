package dev.lexstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lexstream.model.Precision;
import dev.lexstream.plan.OnError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema of the pipeline file says what the code does. */
class PipelineSchemaTest {

    static final Path FILE = Path.of("schemas/pipeline.schema.json");

    private final JsonNode schema = read();

    @TempDir
    private Path folder;

    @Test
    void theDefaultsAreThoseOfTheCode() throws IOException {
        ObjectNode minimal = (ObjectNode)
                new YAMLMapper()
                        .readTree(
                                """
                kafka: {bootstrap.servers: 'a:1'}
                registry: {schema.registry.url: 'http://a'}
                topics: {input: a, output: b}
                stages: [{name: tag, model: tagger-en}]
                """);
        ObjectNode full = minimal.deepCopy();
        keys().forEach((key, value) -> {
            if (value.has("default") && !key.startsWith("routes.")) {
                String[] path = key.split("\\.");
                JsonNode section = path.length == 1 ? full : full.path(path[0]);
                if (section.isMissingNode()) {
                    section = full.putObject(path[0]);
                }
                ((ObjectNode) (section.isArray() ? section.get(0) : section))
                        .set(path[path.length - 1], value.get("default"));
            }
        });

        assertThat(load(full)).isEqualTo(load(minimal));
    }

    @Test
    void whatHasNoDefaultIsRequiredOrDependsOnOtherThings() {
        assertThat(keys().entrySet())
                .filteredOn(entry -> !entry.getValue().has("default"))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "kafka",
                        "registry",
                        "topics.input",
                        "topics.input-pattern",
                        "topics.output",
                        "topics.dead-letters",
                        "topics.replication-factor",
                        "input.id",
                        "input.text",
                        "input.texts",
                        "input.language",
                        "input.source",
                        "input.occurred-at",
                        "input.attributes",
                        "output.format",
                        "routes.when",
                        "routes.topic",
                        "models",
                        "language.default",
                        "stages.name",
                        "stages.model",
                        "stages.input",
                        "stages.when",
                        "stages.timeout",
                        "stages.precision",
                        "inference.threads",
                        "inference.max-in-flight-tokens");
    }

    @Test
    void everyKeyIsDescribed() {
        assertThat(keys())
                .allSatisfy((key, value) ->
                        assertThat(value.path("description").asText()).as(key).matches("(?s)[A-Z].*\\."));
    }

    @Test
    void enumerationsAreThoseOfTheCode() {
        Form root = PipelineSchema.load().form();

        assertThat(list(form(root, "inference.precision").keywords().get("enum")))
                .isEqualTo(Precision.allowed());
        assertThat(list(form(root, "input.format").keywords().get("enum"))).isEqualTo(names(Format.values()));
        assertThat(list(form(root, "output.shape").keywords().get("enum")))
                .isEqualTo(names(OutputSettings.Shape.values()));
        assertThat(list(form(root, "stages.on-error").keywords().get("enum"))).isEqualTo(names(OnError.values()));
        assertThat(list(form(root, "dead-letters.too-large").keywords().get("enum")))
                .isEqualTo(names(DeadLetterSettings.TooLarge.values()));
    }

    /** For editors, which see the file as it is written. */
    @Test
    void theSchemaAllowsReferencesToTheEnvironmentEverywhereAndNoOtherTexts() throws Exception {
        var validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        String file =
                """
                {"application-id": "%1$s", "models": "%1$s", "max-outage": "%1$s", "unknown-schema-wait": "%1$s",
                 "kafka": {"bootstrap.servers": "%1$s", "linger.ms": 5}, "registry": {"schema.registry.url": "%1$s"},
                 "topics": {"input": "%1$s", "output": "%1$s", "dead-letters": "%1$s", "create": "%1$s",
                            "partitions": "%1$s", "replication-factor": "%1$s"},
                 "language": {"detect": "%1$s", "min-confidence": "%1$s", "default": "%1$s"},
                 "stages": [{"name": "%1$s", "model": "%1$s", "timeout": "%1$s", "on-error": "%1$s", "cache": "%1$s",
                             "precision": "%1$s"}],
                 "dead-letters": {"too-large": "%1$s", "max-share": "%1$s"}}
                """;

        assertThat(validator.validate(new ObjectMapper().readTree(file.formatted("x${A:1}"))))
                .isEmpty();
        assertThat(validator.validate(new ObjectMapper().readTree(file.formatted("!!"))))
                .extracting(error -> error.getInstanceLocation().toString())
                .contains("/topics/partitions", "/stages/0/timeout", "/language/detect")
                .doesNotContain("/kafka/bootstrap.servers", "/models");
    }

    @Test
    void theJarHasTheSchema() throws Exception {
        try (InputStream in = PipelineSchema.class.getResourceAsStream("/pipeline.schema.json")) {
            assertThat(in).hasSameContentAs(Files.newInputStream(FILE));
        }
    }

    /** The keys that have a value, by the names they have in the documentation, and their schemas. */
    static Map<String, JsonNode> keys() {
        Map<String, JsonNode> keys = new TreeMap<>();
        read().get("properties").properties().forEach(entry -> {
            JsonNode section = entry.getValue();
            JsonNode below = section.has("items") ? section.get("items") : section;
            if (below.path("additionalProperties").isBoolean()) {
                below.get("properties")
                        .properties()
                        .forEach(part -> keys.put(entry.getKey() + "." + part.getKey(), part.getValue()));
            } else {
                keys.put(entry.getKey(), section);
            }
        });
        return keys;
    }

    static Form form(Form root, String key) {
        Form form = root;
        for (String part : key.split("\\.")) {
            form = form.property(part);
            form = form.type().equals("array") && !part.equals("detect") ? form.items() : form;
        }
        return form;
    }

    private Pipeline load(ObjectNode file) throws IOException {
        Path written = Files.writeString(folder.resolve("pipeline.yaml"), file.toString());
        return new PipelineLoader(Map.of(), folder, settings -> {}).load(written);
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String list(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return String.join(", ", texts);
    }

    private static String names(Object[] values) {
        return String.join(", ", Arrays.stream(values).map(Object::toString).toList());
    }
}
