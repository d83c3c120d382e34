package dev.lexstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.failure.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Texts through shipped models, without a broker or a registry. */
@Timeout(300)
class EnrichIT {

    private static final Path MODELS = Path.of(System.getProperty("lexstream.models"));

    @TempDir
    private Path folder;

    private static List<JsonNode> json(CommandResult result) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            objects.add(new ObjectMapper().readTree(line));
        }
        return objects;
    }

    private Path config(String... lines) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), String.join("\n", lines) + "\n");
    }

    @Test
    void textsAndFilesComeOutInTheirOrder() throws IOException {
        Path file =
                Files.writeString(folder.resolve("a text.txt"), "The ferry left slowly.\r\n\r\nIt rains in Lisbon.");
        CommandResult result =
                CommandResult.of("enrich", "--models", "tagger-en", "--text", "Dogs bark loudly.", file.toString());
        List<JsonNode> lines = json(result);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).path("id").asText()).isEqualTo("text-1");
        assertThat(lines.get(0).at("/annotations/0/stage").asText()).isEqualTo("tagger-en");
        assertThat(lines.get(0).at("/annotations/0/tags"))
                .extracting(tag -> tag.path("label").asText())
                .containsExactly("NOUN", "VERB", "ADV", "PUNCT");
        assertThat(lines.get(1).path("id").asText()).isEqualTo("a text.txt-1");
        assertThat(lines.get(2))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"line\": 2, \"file\": \"" + file + "\", \"error\": {\"reason\": \"invalid-event\","
                                + " \"message\": \"text is empty; allowed are a non-empty id, a text with a visible code"
                                + " point and well-formed Unicode\"}}"));
        assertThat(lines.get(3).path("text").asText()).isEqualTo("It rains in Lisbon.");
        assertThat(result.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(result.err()).matches("(?s)4 lines in .* lines/s, .*: 3 enriched, 1 not enriched.*\\R");
    }

    @Test
    void standardInputIsReadWhereNothingIsNamed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        EnrichCommand command = new EnrichCommand(new ByteArrayInputStream("It rains.\n".getBytes(UTF_8)), print, err);
        int code = new CommandLine(command)
                .execute("--models", MODELS.resolve("tagger-en").toString());
        assertThat(code).isZero();
        assertThat(new ObjectMapper().readTree(out.toString(UTF_8)).path("id").asText())
                .isEqualTo("stdin-1");
    }

    @Test
    void aPipelineOfJsonMergesRoutesAndDropsWithoutABroker() throws IOException {
        Path config = config(
                "kafka: {bootstrap.servers: 'nobody.invalid:1'}",
                "topics: {input: chat, output: tagged}",
                "input: {format: json, text: msg.text, language: lang}",
                "output: {shape: merged, field: found}",
                "stages: [{name: tag, model: tagger-en}]",
                "routes: [{when: 'topic == ''chat'' && text.startsWith(''drop'')', drop: true}]");
        Path file = Files.writeString(
                folder.resolve("chat.jsonl"),
                """
                { "msg": {"text": "It rains."},  "lang": "en", "n": 1.0 }
                {"msg": {"text": "drop this"}}
                {"msg": {"text": 5}}
                no json
                {"msg": {"text": "It snows."}, "lang": "en"}
                """);
        CommandResult result = CommandResult.of("enrich", "--config", config.toString(), "--json", file.toString());
        List<JsonNode> lines = json(result);
        assertThat(lines).hasSize(4);
        assertThat(result.out())
                .startsWith("{ \"msg\": {\"text\": \"It rains.\"},  \"lang\": \"en\", \"n\": 1.0 ,\"found\":{");
        assertThat(lines.get(0).at("/found/annotations/0/tags")).hasSize(3);
        assertThat(lines.get(1).path("line").asInt()).isEqualTo(3);
        assertThat(lines.get(1).at("/error/message").asText())
                .isEqualTo("field msg.text is of type number; allowed is a text");
        assertThat(lines.get(2).at("/error/message").asText()).startsWith("value is not JSON at line 1, column 3");
        assertThat(lines.get(3).at("/found/annotations/0/status").asText()).isEqualTo("DONE");
        assertThat(result.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(result.err()).contains("5 lines", "2 enriched, 1 dropped by a route, 2 not enriched");
    }
}
