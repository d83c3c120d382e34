package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.event.TextEvent;
import dev.lexstream.local.SampleEvents;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo as a newcomer runs it, with its own broker, registry and model. */
class DemoIT {

    @Test
    void everySampleEventComesOutOnceAsJson() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Lexstream.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "demo",
                "--json");
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        List<JsonNode> records = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            records.add(new ObjectMapper().readTree(line));
        }
        assertThat(records)
                .extracting(record -> record.path("id").asText())
                .containsExactlyInAnyOrderElementsOf(
                        SampleEvents.load().stream().map(TextEvent::getId).toList());
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
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("64 sent, 64 enriched, 0 dead letters")
                .contains("64 of 64 records were submitted at poll");
    }
}
