package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bench} refuses before it measures. */
class BenchCommandTest {

    private static final Path PAGE = Path.of("src/site/markdown/benchmarks.md");

    @TempDir
    private Path folder;

    private static CommandResult run(String... options) {
        return CommandResult.of(
                Stream.concat(Stream.of("bench"), Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void allWrongOptionsAreNamedAtOnce() {
        CommandResult result = run(
                "--count=0",
                "--threads=-1",
                "--partitions=0",
                "--naive-count=0",
                "--device-model=fast",
                "--rate=101%",
                "--rate-time=1",
                "--soak=0s",
                "--rejoin=never",
                "--stages=tagger-en,tagger-en");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(result.err())
                .contains("--count: found 0; allowed is 1 or more")
                .contains("--threads: found -1")
                .contains("--partitions: found 0")
                .contains("--naive-count: found 0")
                .contains("--device-model: found 'fast'; allowed is ")
                .contains("--rate: a share of the maximum must be at most 100%")
                .contains("--rate-time: found '1'; allowed are a second to 1h")
                .contains("--soak: found '0s'; allowed are a second to 168h")
                .contains("--rejoin: found 'never'; allowed are a second to 168h")
                .contains("--stages: found tagger-en,tagger-en");
    }

    @Test
    void timesThatAreTooLongAreNamed() {
        CommandResult result = run("--rate-time=61m", "--soak=169h", "--rejoin=999999999h");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(result.err())
                .contains("--rate-time: found '61m'; allowed are a second to 1h")
                .contains("--soak: found '169h'; allowed are a second to 168h")
                .contains("--rejoin: found '999999999h'; allowed are a second to 168h");
    }

    @Test
    void allUnknownStagesAreNamed() {
        CommandResult result = run("--stages=tagger-xx,tagger-en,classifier-yy");
        assertThat(result.code()).isEqualTo(ExitCode.MODEL.code());
        assertThat(result.err())
                .contains("tagger-xx: there is no such folder", "classifier-yy: there is no such folder");
    }

    @Test
    void aMissingOrMalformedFileOfEventsIsExitCode5() throws IOException {
        Path missing = folder.resolve("nothing");
        assertThat(run("--events=" + missing))
                .isEqualTo(new CommandResult(
                        ExitCode.DATA.code(), "", "lexstream: there is no file " + missing + System.lineSeparator()));
        Path bad = Files.writeString(folder.resolve("bad"), "{\"lang\":\"en\"}\n");
        CommandResult result = run("--events=" + bad);
        assertThat(result.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(result.err()).contains("bad: line 1 has no text").doesNotContain("\tat ");
    }

    @Test
    void aReportThatCannotBeWrittenIsRefusedBeforeAnythingIsMeasured() {
        Path nowhere = folder.resolve("nowhere");
        CommandResult result = run("--json=" + nowhere.resolve("report.json"));
        assertThat(result.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(result.err()).contains("there is no file " + nowhere);
    }

    @Test
    void thePageNamesEveryOption() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Pattern.compile("--[a-z-]+")
                        .matcher(run("--help").out())
                        .results()
                        .map(match -> match.group())
                        .filter(option -> !option.equals("--help") && !option.equals("--version"))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(page).contains("`" + option));
    }
}
