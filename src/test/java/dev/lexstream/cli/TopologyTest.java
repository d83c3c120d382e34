package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.app.PipelineOutline;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineLoader;
import dev.lexstream.config.StageSettings;
import dev.lexstream.failure.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of pipelines, as they are printed. */
class TopologyTest {

    private static final String TICKETS =
            """
            application-id: tickets
            kafka: {bootstrap.servers: 'nobody.invalid:1'}
            topics: {input: [tickets, mails], output: other-tickets, dead-letters: failed-tickets}
            input:
              format: json
              id: nr
              texts: {subject: ticket.subject, body: {path: 'ticket.parts[0].text', required: true}}
              language: lang
            output: {shape: merged, field: found}
            stages:
              - {name: translate, model: translator-zh-en, input: body}
              - {name: classify, model: classifier-en, input: stages.translate.translation}
              - name: tag
                model: tagger-en
                when: >
                  stages.classify.label == 'travel' &&
                  (stages.translate.status == 'done' || attributes.?priority.orValue('') == 'high')
            routes:
              - {when: "stages.classify.label == 'travel' && stages.classify.score > 0.8", topic: travel-tickets}
              - {when: language == '', drop: true}
            """;

    @TempDir
    private Path folder;

    private CommandResult topology(String file, String format) throws IOException {
        Path config = Files.writeString(folder.resolve("pipeline.yaml"), file);
        return CommandResult.of("topology", "--config", config.toString(), "--format", format);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = TopologyTest.class.getResourceAsStream("topology/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void assertPrinted(String format, String golden) throws IOException {
        CommandResult result = topology(TICKETS, format);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(golden(golden));
    }

    @Test
    void asText() throws IOException {
        assertPrinted("text", "tickets.txt");
    }

    @Test
    void inMermaid() throws IOException {
        assertPrinted("Mermaid", "tickets.mmd");
    }

    @Test
    void inDot() throws IOException {
        assertPrinted("dot", "tickets.dot");
    }

    /** Names and conditions as bad as the settings allow. */
    private PipelineOutline odd() throws IOException {
        Path config = Files.writeString(
                folder.resolve("odd.yaml"),
                """
                application-id: odd
                kafka: {bootstrap.servers: 'nobody.invalid:1'}
                topics: {input-pattern: 'chat-("|\\[x\\]|\u8bcd+)', output: out, dead-letters: dead}
                input: {format: json, text: '"a \\"q\\" | b".text'}
                output: {format: json}
                stages: [{name: tag, model: tagger-en, when: "text == '\u00e9 \\\\\\" ] ) | ` <b> &lt; #quot; %% style:x;'"}]
                """);
        Pipeline pipeline = new PipelineLoader(Map.of(), folder, registry -> {}).load(config);
        List<PipelineOutline.Stage> stages = new ArrayList<>();
        for (StageSettings stage : pipeline.stages()) {
            stages.add(new PipelineOutline.Stage(stage, "\"\u6807\u6ce8\" [1]", List.of(), List.of()));
        }
        return new PipelineOutline(pipeline, stages);
    }

    @Test
    void namesMeanNothingToMermaid() throws IOException {
        assertThat(TopologyMermaid.of(TopologyGraph.of(odd()))).isEqualTo(golden("odd.mmd"));
    }

    @Test
    void namesMeanNothingToDot() throws IOException {
        assertThat(TopologyDot.of(TopologyGraph.of(odd()))).isEqualTo(golden("odd.dot"));
    }

    @Test
    void aLongConditionIsWrappedAtAHundredColumns() throws IOException {
        String condition = "text != '" + "x".repeat(200) + "' && " + "size(text) > 1 && ".repeat(20) + "true";
        String file = TICKETS.replace("language == ''", "\"" + condition + "\"");
        CommandResult result = topology(file, "text");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(result.out().replaceAll("\\s", "")).contains(condition.replace(" ", ""));
    }

    @Test
    void whatIsWrongIsToldWithItsLine() throws IOException {
        CommandResult missing = topology(TICKETS.replace("tagger-en", "no-such"), "text");
        assertThat(missing.code()).isEqualTo(ExitCode.MODEL.code());
        CommandResult condition = topology(TICKETS.replace("language == ''", "lingo == ''"), "text");
        assertThat(condition.code()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(condition.err()).contains("routes[1].when (line ");
        assertThat(topology(TICKETS, "png").code()).isEqualTo(ExitCode.USAGE.code());
    }
}
