package dev.lexstream.app.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineLoader;
import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.failure.Reason;
import dev.lexstream.plan.EnrichedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a line is, and what is written for it. */
class LineFormatTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    private LineFormat format(boolean json, String... lines) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                kafka: {bootstrap.servers: nobody:1}
                stages: [{name: tag, model: tagger-en}]
                """
                        + String.join("\n", lines));
        Pipeline pipeline = new PipelineLoader(Map.of(), folder, registry -> {}).load(file);
        return LineFormat.of(pipeline, json);
    }

    private static TextLine line(String content) {
        return new TextLine("folder/file.txt", 7, content.getBytes(UTF_8), 0);
    }

    private static String output(LineFormat format, TextLine line) {
        EnrichedEvent enriched = new EnrichedEvent(format.event(line), Language.unknown(), List.of(), NOW, NOW);
        return format.output("out", line, enriched);
    }

    @Test
    void aLineIsTheMainTextWhateverThePipelineReads() throws IOException {
        LineFormat format = format(
                false,
                "topics: {input: chat, output: out}",
                "input: {format: json, texts: {body: msg.body, subject: msg.subject}}");
        TextEvent event = format.event(line("{\"no\": json"));
        assertThat(event.texts()).isEqualTo(Map.of("body", "{\"no\": json"));
        assertThat(event.id()).isEqualTo("file.txt-7");
        assertThat(event.envelope().topic()).as("conditions may ask for it").isEqualTo("chat");
    }

    @Test
    void anObjectIsReadByThePathsOfThePipeline() throws IOException {
        LineFormat format = format(
                true,
                "topics: {input: [chat, mail], output: out, dead-letters: dead}",
                "input: {format: avro, id: nr, text: msg.text, language: lang}",
                "registry: {schema.registry.url: 'http://nobody'}");
        TextEvent event = format.event(line("{\"nr\": 5, \"msg\": {\"text\": \"hi\"}, \"lang\": \"en\"}"));
        assertThat(event.id()).isEqualTo("5");
        assertThat(event.text()).isEqualTo("hi");
        assertThat(event.language()).contains("en");
        assertThat(event.envelope().topic()).isEmpty();
        assertThat(format.event(line("{\"msg\": {\"text\": \"hi\"}}")).id()).isEqualTo("file.txt-7");
    }

    @Test
    void withoutPathsAnObjectIsATextEvent() throws IOException {
        LineFormat format =
                format(true, "topics: {input: chat, output: out}", "input: {format: text}", "output: {format: json}");
        TextEvent event = format.event(line("{\"id\": \"a\", \"text\": \"hi\", \"source\": \"s\"}"));
        assertThat(event.id()).isEqualTo("a");
        assertThat(event.source()).contains("s");
    }

    @Test
    void mergedJsonKeepsTheObjectAndOtherOutputIsAnEnrichedText() throws IOException {
        String merged = "output: {shape: merged, field: found}";
        String[] lines = {"topics: {input: chat, output: out}", "input: {format: json, text: t}", merged};
        String object = "{ \"t\":\"hi\",  \"n\": 1.0, \"\u8bcd\": \"\u5b57\"}";
        assertThat(output(format(true, lines), line(object)))
                .isEqualTo(
                        object.substring(0, object.length() - 1)
                                + ",\"found\":{\"language\":{\"code\":null,\"origin\":\"UNKNOWN\",\"confidence\":null},"
                                + "\"annotations\":[],\"receivedAt\":\"2026-01-02T03:04:05Z\",\"enrichedAt\":\"2026-01-02T03:04:05Z\"}}");
        assertThat(output(format(false, lines), line("hi"))).startsWith("{\"id\":\"file.txt-7\",\"text\":\"hi\",");
        assertThat(output(format(true, lines[0], lines[1]), line(object))).startsWith("{\"id\":\"file.txt-7\",");
        assertThatThrownBy(() -> output(format(true, lines), line("{\"t\": \"hi\", \"found\": 3}")))
                .isInstanceOf(UndecodableEventException.class);
    }

    @Test
    void linesThatAreNoTextAreDataErrors() throws IOException {
        LineFormat format =
                format(false, "topics: {input: chat, output: out}", "input: {format: text}", "output: {format: json}");
        List<TextLine> lines = List.of(
                line(""),
                line(" \u200b"),
                line("a\0b"),
                new TextLine("f", 1, new byte[] {'a', (byte) 0xff}, 0),
                new TextLine("f", 1, null, 0));
        List<String> messages =
                List.of("is empty", "none of them visible", "NUL", "not valid UTF-8 at byte 1", "more bytes");
        for (int i = 0; i < lines.size(); i++) {
            TextLine line = lines.get(i);
            assertThatThrownBy(() -> format.event(line))
                    .isInstanceOf(UndecodableEventException.class)
                    .hasMessageContaining(messages.get(i));
        }
    }

    @Test
    void anErrorSaysWhichLineItIsOf() {
        assertThat(LineFormat.error(line("x"), Reason.STAGE_FAILED, "a \"b\"\n\u8bcd"))
                .isEqualTo("{\"line\":7,\"file\":\"folder/file.txt\",\"error\":{\"reason\":\"stage-failed\","
                        + "\"message\":\"a \\\"b\\\"\\n\u8bcd\"}}");
    }
}
