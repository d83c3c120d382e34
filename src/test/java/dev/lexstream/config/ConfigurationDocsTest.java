package dev.lexstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
            "language", LanguageSettings.class,
            "stages", StageSettings.class,
            "inference", InferenceSettings.class,
            "dead-letters", DeadLetterSettings.class);

    @Test
    void thePageNamesEveryKey() throws IOException {
        String keys = Files.readString(PAGE).split("## What Lexstream sets for Kafka")[0];
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
        for (RecordComponent component : Pipeline.class.getRecordComponents()) {
            String key = kebab(component.getName());
            Class<? extends Record> section = SECTIONS.get(key);
            if (section == null) {
                keys.add(key);
            } else {
                Arrays.stream(section.getRecordComponents())
                        .map(part -> key + "." + kebab(part.getName()).replace("default-code", "default"))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
