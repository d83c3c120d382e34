package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.failure.ExitCode;
import java.io.IOException;
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

    @ParameterizedTest
    @CsvSource({
        "--help",
        "demo --help",
        "bench --help",
        "run --help",
        "check --help",
        "enrich --help",
        "topology --help",
        "train tagger --help",
        "train characters --help",
        "eval tagger --help"
    })
    void everyCommandHasHelp(String line) {
        CommandResult result = CommandResult.of(line.split(" "));
        assertThat(result.code()).isEqualTo(ExitCode.OK.code());
        assertThat(result.out()).startsWith("Usage: lexstream");
    }

    @ParameterizedTest
    @EnumSource(ExitCode.class)
    void theHelpNamesEveryExitCode(ExitCode code) {
        // lines end at blanks and hyphens
        assertThat(CommandResult.of("--help").out().replaceAll("\\s+", ""))
                .contains((code.code() + code.meaning()).replace(" ", ""));
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(CommandResult.of("--version").out()).startsWith("lexstream ");
    }

    @ParameterizedTest
    @CsvSource({"''", "xyzzy", "train", "eval tagger", "demo --loud"})
    void aWrongCommandLineSaysWhatIsRight(String line) {
        CommandResult result = CommandResult.of(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(result.err()).contains("Usage: lexstream");
    }

    @Test
    void aMisspeltCommandIsAnsweredWithTheNearestOne() {
        assertThat(CommandResult.of("atention").err()).contains("Did you mean: lexstream attention");
    }

    @ParameterizedTest
    @CsvSource({"transformer,--cell=gru", "rnn_seq2seq,--nhead=2"})
    void anOptionOfTheOtherArchitectureIsRefused(String architecture, String option) {
        CommandResult result = CommandResult.of(
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
        CommandResult result = CommandResult.of(
                "eval", "tagger", "--model", folder.resolve("nothing").toString(), "--data", data.toString());
        assertThat(result.code()).isEqualTo(ExitCode.MODEL.code());
        assertThat(result.err()).contains("nothing: there is no such folder").doesNotContain("\tat ");
    }

    @Test
    void missingAndMalformedDataIsExitCode5() throws IOException {
        String model =
                Path.of(System.getProperty("lexstream.models"), "tagger-en").toString();
        CommandResult missing = CommandResult.of(
                "eval",
                "tagger",
                "--model",
                model,
                "--data",
                folder.resolve("nothing").toString());
        assertThat(missing.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(missing.err()).contains("there is no file " + folder.resolve("nothing"));
        Path malformed = Files.writeString(folder.resolve("bad"), "just text\n");
        CommandResult bad = CommandResult.of(
                "train", "tagger", "--train", malformed.toString(), "--dev", malformed.toString(), "--out", "x");
        assertThat(bad.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(bad.err()).contains("bad line 1: 10 columns");
    }

    @Test
    void aFolderThatIsNoBundleIsRefusedBeforeAnythingIsRead() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("thesis.txt"), "years of work");
        CommandResult result =
                CommandResult.of("train", "tagger", "--train", "nothing", "--dev", "nothing", "--out", out.toString());
        assertThat(result.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(result.err()).contains("out exists and is not a model bundle");
    }

    @Test
    void dataOfAnotherKindThanTheModelsIsRefused() throws IOException {
        String model =
                Path.of(System.getProperty("lexstream.models"), "tagger-en").toString();
        Path data = Files.writeString(folder.resolve("data.bio"), "It\tO\n");
        CommandResult result = CommandResult.of("eval", "tagger", "--model", model, "--data", data.toString());
        assertThat(result.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(result.err()).contains("data.bio is of format BIO, this tagger needs CONLLU");
    }

    @Test
    void aWrongPipelineFileIsExitCode3() throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), "kafak:\n  bootstrap.servers: localhost:9092\n");
        CommandResult result = CommandResult.of("run", "--config", file.toString());
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
        CommandResult result =
                CommandResult.of("eval", "tagger", "--json", "--model", model, "--data", data.toString());
        assertThat(result.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertThat(json.path("accuracy").asDouble()).isEqualTo(1);
        assertThat(json.path("sentences").asInt()).isEqualTo(1);
        assertThat(json.path("tokens").asInt()).isEqualTo(3);
        assertThat(json.path("tags").path("VERB").path("f1").asDouble()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "run --conf x, --conf, --config",
        "run --config x --redy-file y, --redy-file, --ready-file",
        "check --config x --ofline, --ofline, --offline",
        "demo --jsn, --jsn, --json",
        "samples --jsn, --jsn, --help",
        "bench --outt=3, --outt, --out",
        "train tagger --tran x, --tran, --train",
        "eval tagger --modle x, --modle, --model",
        "train classifier --trian=x, --trian, --train",
        "--hlep, --hlep, --help"
    })
    void anUnknownOptionIsNamedBeforeWhatIsMissing(String line, String unknown, String nearest) {
        CommandResult result = CommandResult.of(line.split(" "));
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.code());
        String first = result.err().lines().findFirst().orElseThrow();
        assertThat(first).startsWith("Unknown option: '" + unknown + "'").doesNotContain("Missing");
        if (!line.startsWith("samples") && !line.startsWith("bench")) {
            assertThat(first).isEqualTo("Unknown option: '" + unknown + "'; did you mean '" + nearest + "'?");
        }
    }

    @Test
    void anOptionThatIsReallyMissingIsStillNamed() {
        assertThat(CommandResult.of("run").err()).startsWith("Missing required option: '--config=FILE'");
        assertThat(CommandResult.of("run", "--config").err()).startsWith("Missing required parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "help, Usage: lexstream [",
        "help run, Usage: lexstream run",
        "help train, Usage: lexstream train",
        "help train tagger, Usage: lexstream train tagger",
        "train help, Usage: lexstream train",
        "train help tagger, Usage: lexstream train tagger",
        "version, lexstream "
    })
    void helpAndVersionAreWordsToo(String line, String begin) {
        CommandResult result = CommandResult.of(line.split(" "));
        assertThat(result.code()).isEqualTo(ExitCode.OK.code());
        assertThat(result.out()).startsWith(begin);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void controlCharactersOfACommandLineAreNotRepeated() {
        CommandResult result = CommandResult.of("run", "--\u001b[31mx");
        assertThat(result.err()).contains("\\u001b[31mx").doesNotContain("\u001b[31mx");
        CommandResult file = CommandResult.of("run", "--config", "no\u001b[31m\nlexstream: fine");
        assertThat(file.code()).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(file.err()).doesNotContain("\u001b", "\nlexstream: fine");
    }
}
