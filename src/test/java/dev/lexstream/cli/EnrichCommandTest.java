package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a command line or with what it names. */
class EnrichCommandTest {

    @TempDir
    private Path folder;

    private Path config(String... lines) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), String.join("\n", lines) + "\n");
    }

    @Test
    void whatIsWrongIsToldBeforeModelsLoad() throws IOException {
        CommandResult missing = CommandResult.of("enrich", "--models", "tagger-en", "no/such/file");
        assertThat(missing.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(missing.err()).isEqualTo("lexstream: there is no file no/such/file" + System.lineSeparator());
        CommandResult model = CommandResult.of("enrich", "--models", "no-such-model", "--text", "a");
        assertThat(model.code()).isEqualTo(ExitCode.MODEL.code());
        assertThat(model.err()).contains("no-such-model: there is no such folder");
        Path config = config(
                "kafka: {bootstrap.servers: 'nobody.invalid:1'}",
                "topics: {input: chat, output: tagged}",
                "input: {format: json}",
                "stages:",
                "  - {name: tag, model: tagger-en, when: 'stages.nothing.label == 1'}");
        CommandResult condition = CommandResult.of("enrich", "--config", config.toString(), "--text", "a");
        assertThat(condition.code()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(condition.err()).contains("stages[0].when (line 5)");
    }

    @ParameterizedTest
    @CsvSource({
        "enrich --models tagger-en --config x, mutually exclusive",
        "enrich --modles x, 'did you mean ''--models''?'",
        "'enrich --models a/x,b/x --text a', two models are called x",
        "enrich --models / --text a, gives no name"
    })
    void aWrongCommandLineIsRefused(String line, String message) {
        CommandResult result = CommandResult.of(line.split(" "));
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(result.err()).contains(message);
    }
}
