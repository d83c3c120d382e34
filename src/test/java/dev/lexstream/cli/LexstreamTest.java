package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.app.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LexstreamTest {

    private static final String CONLLU =
            """
            1\tIt\tit\tPRON\t_\t_\t2\tnsubj\t_\t_
            2\trains\train\tVERB\t_\t_\t0\troot\t_\t_
            3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

            """;

    @TempDir
    private Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Lexstream.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "--help",
        "demo --help",
        "bench --help",
        "run --help",
        "train tagger --help",
        "train characters --help",
        "eval tagger --help"
    })
    void everyCommandHasHelp(String line) {
        Result result = run(line.split(" "));
        assertThat(result.code()).isEqualTo(ExitCode.OK.code());
        assertThat(result.out()).startsWith("Usage: lexstream");
    }

    @ParameterizedTest
    @EnumSource(ExitCode.class)
    void theHelpNamesEveryExitCode(ExitCode code) {
        assertThat(run("--help").out().replaceAll("\\s+", " ")).contains(code.code() + " " + code.meaning());
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(run("--version").out()).startsWith("lexstream ");
    }

    @ParameterizedTest
    @CsvSource({"''", "xyzzy", "train", "eval tagger", "demo --loud"})
    void aWrongCommandLineSaysWhatIsRight(String line) {
        Result result = run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(result.err()).contains("Usage: lexstream");
    }

    @Test
    void aMisspeltCommandIsAnsweredWithTheNearestOne() {
        assertThat(run("atention").err()).contains("Did you mean: lexstream attention");
    }

    @ParameterizedTest
    @CsvSource({"transformer,--cell=gru", "rnn_seq2seq,--nhead=2"})
    void anOptionOfTheOtherArchitectureIsRefused(String architecture, String option) {
        Result result = run(
                "train",
                "translator",
                "--train",
                "a",
                "--dev",
                "b",
                "--out",
                "c",
                "--architecture",
                architecture,
                option);
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(result.err())
                .contains(option.substring(0, option.indexOf('=')) + " is no option of --architecture " + architecture);
    }

    @Test
    void aMissingModelIsExitCode4() throws IOException {
        Path data = Files.writeString(folder.resolve("data.conllu"), CONLLU);
        Result result =
                run("eval", "tagger", "--model", folder.resolve("nothing").toString(), "--data", data.toString());
        assertThat(result.code()).isEqualTo(ExitCode.MODEL.code());
        assertThat(result.err()).contains("nothing: there is no such folder").doesNotContain("\tat ");
    }

    @Test
    void missingAndMalformedDataIsExitCode5() throws IOException {
        String model =
                Path.of(System.getProperty("lexstream.models"), "tagger-en").toString();
        Result missing = run(
                "eval",
                "tagger",
                "--model",
                model,
                "--data",
                folder.resolve("nothing").toString());
        assertThat(missing.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(missing.err()).contains("there is no file " + folder.resolve("nothing"));
        Path malformed = Files.writeString(folder.resolve("bad"), "just text\n");
        Result bad =
                run("train", "tagger", "--train", malformed.toString(), "--dev", malformed.toString(), "--out", "x");
        assertThat(bad.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(bad.err()).contains("bad line 1: 10 columns");
    }

    @Test
    void aFolderThatIsNoBundleIsRefusedBeforeAnythingIsRead() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("thesis.txt"), "years of work");
        Result result = run("train", "tagger", "--train", "nothing", "--dev", "nothing", "--out", out.toString());
        assertThat(result.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(result.err()).contains("out exists and is not a model bundle");
    }

    @Test
    void dataOfAnotherKindThanTheModelsIsRefused() throws IOException {
        String model =
                Path.of(System.getProperty("lexstream.models"), "tagger-en").toString();
        Path data = Files.writeString(folder.resolve("data.bio"), "It\tO\n");
        Result result = run("eval", "tagger", "--model", model, "--data", data.toString());
        assertThat(result.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(result.err()).contains("data.bio is of format BIO, this tagger needs CONLLU");
    }

    @Test
    void aWrongPipelineFileIsExitCode3() throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), "kafak:\n  bootstrap.servers: localhost:9092\n");
        Result result = run("run", "--config", file.toString());
        assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(result.err())
                .contains("kafak")
                .contains("did you mean kafka?")
                .doesNotContain("\tat ");
    }

    @Test
    void evaluationPrintsOneJsonObject() throws IOException {
        String model =
                Path.of(System.getProperty("lexstream.models"), "tagger-en").toString();
        Path data = Files.writeString(folder.resolve("data.conllu"), CONLLU);
        Result result = run("eval", "tagger", "--json", "--model", model, "--data", data.toString());
        assertThat(result.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertThat(json.path("accuracy").asDouble()).isEqualTo(1);
        assertThat(json.path("sentences").asInt()).isEqualTo(1);
        assertThat(json.path("tokens").asInt()).isEqualTo(3);
        assertThat(json.path("tags").path("VERB").path("f1").asDouble()).isEqualTo(1);
    }
}
