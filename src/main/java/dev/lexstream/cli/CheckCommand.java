package dev.lexstream.cli;

import dev.lexstream.app.check.PipelineCheck;
import dev.lexstream.app.check.Summary;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code lexstream check}. */
@Command(
        name = "check",
        description =
                "Check a pipeline file and all it names (conditions, models, broker, registry) and change nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Pipeline file (YAML).")
    private Path config;

    @Option(names = "--offline", description = "Leave broker and registry out.")
    private boolean offline;

    private final PrintStream out;

    CheckCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        QuietLog.set();
        FindingPrinter printer = new FindingPrinter(out, Ansi.AUTO, hasSymbols(System.console()));
        Summary summary = new PipelineCheck(RunCommand.loader(), PipelineCheck.Limits.DEFAULT)
                .check(config, offline, printer::print);
        printer.print(summary);
        return summary.code().code();
    }

    /** Pipes and logs may be read with any charset, and words are easier to search for. */
    private static boolean hasSymbols(Console console) {
        return console != null && console.charset().equals(StandardCharsets.UTF_8);
    }
}
