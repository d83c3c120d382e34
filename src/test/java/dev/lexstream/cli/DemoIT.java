package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.event.TextEvent;
import dev.lexstream.local.SampleEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo as a newcomer runs it, with its own broker, registry and model. */
class DemoIT {

    @Test
    void everySampleEventComesOutOnceAsJson() throws Exception {
        CommandResult result = CommandResult.of("demo", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        List<JsonNode> records = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            records.add(new ObjectMapper().readTree(line));
        }
        assertThat(records)
                .extracting(record -> record.path("id").asText())
                .containsExactlyInAnyOrderElementsOf(
                        SampleEvents.load().stream().map(TextEvent::id).toList());
        assertThat(records).allSatisfy(record -> {
            boolean english = record.at("/language/code").asText().equals("en");
            Map<String, JsonNode> stages = new LinkedHashMap<>();
            record.path("annotations")
                    .forEach(annotation -> stages.put(annotation.path("stage").asText(), annotation));
            assertThat(stages.keySet()).containsExactly("tag-en", "tag-zh", "translate", "classify-en", "classify-zh");
            stages.forEach((stage, annotation) -> {
                boolean runs = stage.endsWith("-en") == english;
                assertThat(annotation.path("status").asText()).isEqualTo(runs ? "DONE" : "SKIPPED");
                assertThat(annotation.path("reason").asText(""))
                        .isEqualTo(runs ? "" : "language " + (english ? "en" : "zh"));
                assertThat(annotation.path("tags").isEmpty()).isEqualTo(!(runs && stage.startsWith("tag")));
                assertThat(annotation.path("translations").isEmpty()).isEqualTo(!(runs && stage.equals("translate")));
                assertThat(annotation.path("classifications").isEmpty())
                        .isEqualTo(!(runs && stage.startsWith("classify")));
            });
            assertThat(stages.get("translate").at("/translations/0/language").asText("en"))
                    .isEqualTo("en");
        });
        assertThat(result.err()).contains("64 sent, 64 enriched, 0 dead letters");
    }
}
