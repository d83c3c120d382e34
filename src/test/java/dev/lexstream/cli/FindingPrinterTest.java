package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.app.check.Finding;
import dev.lexstream.app.check.Part;
import dev.lexstream.app.check.Summary;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.Reason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class FindingPrinterTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new TerminalStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private void print(FindingPrinter printer) {
        printer.print(new Finding.Passed(Part.FILE, "pipeline.yaml", List.of("2 stages")));
        printer.print(new Finding.Warned(Part.BROKER, "topic a", List.of()));
        printer.print(new Finding.Failed(Part.BROKER, "topic b", List.of("there is none", "create it"), Reason.BROKER));
        printer.print(new Finding.LeftOut(Part.REGISTRY, "registry", List.of("--offline")));
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void wordsMarkWhatIsReadByPrograms() {
        print(new FindingPrinter(out, Ansi.OFF, false));
        assertThat(printed())
                .isEqualTo(
                        """
                        file
                          ok       pipeline.yaml
                                     2 stages
                        broker
                          WARNING  topic a
                          FAILED   topic b
                                     there is none
                                     create it
                        registry
                          left out registry
                                     --offline
                        """);
    }

    @Test
    void symbolsMarkWhatIsReadAtATerminal() {
        print(new FindingPrinter(out, Ansi.OFF, true));
        assertThat(printed())
                .contains(
                        "\n  ✔ pipeline.yaml\n      2 stages\n",
                        "\n  ! topic a\n",
                        "\n  ✘ topic b\n",
                        "\n  - registry\n");
    }

    @Test
    void marksAreColouredAndForeignTextsAreNot() {
        new FindingPrinter(out, Ansi.ON, true)
                .print(new Finding.Passed(Part.BROKER, "topic @|red x|@ \u001b[31m", List.of("a\nfile\n  ✔ forged")));
        assertThat(printed()).contains("\u001b[32m✔", "topic @|red x|@ \\u001b[31m", "a\\u000afile\\u000a  ✔ forged");
    }

    @Test
    void theSummaryCountsAndNamesTheExitCode() {
        FindingPrinter printer = new FindingPrinter(out, Ansi.OFF, false);
        printer.print(new Summary(5, 1, 0, 0, ExitCode.OK));
        printer.print(new Summary(5, 2, 1, 2, ExitCode.MODEL));
        assertThat(printed())
                .isEqualTo(
                        """

                        5 ok, 1 warning

                        5 ok, 2 warnings, 2 left out, 1 failed: exit code 4, a model bundle is missing, altered or does not load
                        """);
    }
}
