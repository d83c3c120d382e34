package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lexstream check --offline} says and how it ends. */
class CheckCommandTest {

    private static final Path MODELS = Path.of(System.getProperty("lexstream.models"));

    @TempDir
    private Path folder;

    /** As the commands that evaluate models in this process have it. */
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private CommandResult check(String stages, String... more) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                kafka: {bootstrap.servers: "127.0.0.1:1"}
                topics: {input: texts, output: enriched}
                input: {format: json, text: text}
                inference: {device: cpu, threads: %d, precision: fp32}
                stages:
                %s
                %s
                """
                        .formatted(THREADS, stages, String.join("\n", more)));
        return CommandResult.of("check", "--offline", "--config", file.toString());
    }

    @Test
    void aGoodFileIsAllOk() throws IOException {
        CommandResult result = check(
                """
                  - {name: tag, model: tagger-en, when: size(text) > 3}
                """,
                "routes: [{when: stages.tag.tags.size() == 0, drop: true}]");
        assertThat(result.out())
                .contains("ok       2 conditions")
                .contains("ok       PyTorch on cpu")
                .containsPattern("ok {7}stage tag: tagger-en \\S+, tagger of en")
                .contains("SHA-256 as in model.json")
                .containsPattern("on cpu in fp32: loads in \\d+ ms, \\d+ golden texts as expected in \\d+ ms")
                .containsPattern("broker\n {2}left out not looked at\n +--offline")
                .doesNotContain("FAILED", "WARNING");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCode.OK.code());
    }

    @Test
    void aFileThatCannotBeReadLeavesTheRestOut() throws IOException {
        CommandResult result = check("  - {nmae: tag, model: tagger-en}\n", "kafak: {}");
        assertThat(result.out())
                .contains("FAILED", "stages[0].nmae (line 6)", "kafak (line 8)", "did you mean name?")
                .containsPattern("models\n {2}left out not looked at\n +the pipeline file has to be right first");
        assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION.code());
    }

    @Test
    void aMissingFileIsToldWithoutAStackTrace() {
        CommandResult result =
                CommandResult.of("check", "--config", folder.resolve("nothing").toString());
        assertThat(result.out()).contains("no such file").doesNotContain("\tat ");
        assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION.code());
    }

    @Test
    void conditionsAreToldWithTheirLinesAndModelsAreCheckedAllTheSame() throws IOException {
        CommandResult result = check(
                """
                  - {name: tag, model: tagger-en, when: lenght(text) > 3}
                """,
                "routes: [{when: 'stages.tga.tags.size() == 0', drop: true}]");
        assertThat(result.out())
                .contains("stages[0].when (line 6): lenght(text) > 3;", "routes[0].when (line 8)")
                .contains("golden texts as expected");
        assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION.code());
    }

    @Test
    void anAlteredFileIsNamedAndOtherModelsAreCheckedAllTheSame() throws IOException {
        Path altered = copied("tagger-en");
        byte[] weights = Files.readAllBytes(altered.resolve("model.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(altered.resolve("model.safetensors"), weights);
        CommandResult result = check(
                """
                  - {name: broken, model: %s, when: size(text) > 3}
                  - {name: good, model: tagger-en}
                """
                        .formatted(altered));
        assertThat(result.out())
                .contains("ok       1 condition")
                .containsPattern("FAILED {3}stage broken\n.*model.safetensors was altered")
                .containsPattern("ok {7}stage good");
        assertThat(result.code()).isEqualTo(ExitCode.MODEL.code());
    }

    @Test
    void conditionsWaitForTheManifestsOfAllModels() throws IOException {
        CommandResult result = check(
                """
                  - {name: missing, model: no-such-bundle}
                  - {name: tag, model: tagger-en, when: size(text) > 3}
                """);
        assertThat(result.out())
                .containsPattern("left out conditions of stages and routes\n.*without the model of stage missing")
                .containsPattern("FAILED {3}stage missing\n.*there is no such folder")
                .containsPattern("ok {7}stage tag");
        assertThat(result.code()).isEqualTo(ExitCode.MODEL.code());
    }

    @Test
    void anInputThatTheModelCannotReadIsAProblemOfTheFile() throws IOException {
        CommandResult result = check(
                """
                  - {name: tag, model: tagger-en}
                  - {name: again, model: tagger-en, input: stages.tag.translation}
                """);
        assertThat(result.out())
                .containsPattern("ok {7}stage tag")
                .contains("stages[1].input (line 7)", "stage tag does not");
        assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION.code());
    }

    @Test
    void aPrecisionThatTheDeviceLacksIsAProblemOfTheFile() throws IOException {
        CommandResult result = check("  - {name: tag, model: tagger-en, precision: fp16}\n");
        assertThat(result.out()).contains("stages[0].precision (line 6)", "precision fp16 is for GPUs");
        assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION.code());
    }

    private Path copied(String model) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("altered"));
        List<Path> files;
        try (Stream<Path> all = Files.list(MODELS.resolve(model))) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.copy(file, copy.resolve(file.getFileName().toString()));
        }
        return copy;
    }
}
