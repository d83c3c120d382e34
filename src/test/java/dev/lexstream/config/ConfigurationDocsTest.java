package dev.lexstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on the pipeline file and its schema name every key that there is, and no other. */
class ConfigurationDocsTest {

    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");
    private static final Map<String, Class<? extends Record>> SECTIONS = Map.of(
            "topics", TopicSettings.class,
            "input", InputSettings.class,
            "input.fields", FieldSettings.class,
            "output", OutputSettings.class,
            "routes", RouteSettings.class,
            "language", LanguageSettings.class,
            "stages", StageSettings.class,
            "inference", InferenceSettings.class,
            "dead-letters", DeadLetterSettings.class);

    /** Components that are the values of several keys. */
    private static final Map<String, List<String>> SEVERAL = Map.of(
            "topics.inputs", List.of("topics.input", "topics.input-pattern"),
            "input.texts", List.of("input.text", "input.texts"),
            "routes.topic", List.of("routes.topic", "routes.drop"));

    @Test
    void thePageNamesEveryKey() throws IOException {
        String keys = Files.readString(PAGE).split("## Input")[0];
        List<String> documented = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|")
                .matcher(keys)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(keys());
    }

    @Test
    void theSchemaHasEveryKey() {
        assertThat(PipelineSchemaTest.keys().keySet()).containsExactlyInAnyOrderElementsOf(keys());
    }

    /** A component of a record cannot have the name default. */
    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        add(Pipeline.class, "", keys);
        return keys;
    }

    private static void add(Class<? extends Record> section, String prefix, List<String> keys) {
        for (RecordComponent component : section.getRecordComponents()) {
            String key = prefix + kebab(component.getName()).replace("default-code", "default");
            Class<? extends Record> below = SECTIONS.get(key);
            if (below == null) {
                keys.addAll(SEVERAL.getOrDefault(key, List.of(key)));
            } else {
                add(below, key.equals("input.fields") ? prefix : key + ".", keys);
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
