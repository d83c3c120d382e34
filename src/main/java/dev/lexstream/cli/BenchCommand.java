package dev.lexstream.cli;

import dev.lexstream.bench.BenchJson;
import dev.lexstream.bench.BenchReport;
import dev.lexstream.bench.Benchmark;
import dev.lexstream.bench.Progress;
import dev.lexstream.bench.SoakReport;
import dev.lexstream.failure.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lexstream bench}. */
@Command(
        name = "bench",
        description =
                "Measure the pipeline under exactly-once against the engine alone and against the naive way, on a broker and"
                        + " a registry in this process.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the report to this file too, as one JSON object.")
    private Optional<Path> json = Optional.empty();

    private final PrintStream out;
    private final PrintStream err;

    BenchCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        QuietLog.set();
        var settings = options.settings(spec);
        if (json.isPresent()) {
            requireFolder(json.get().toAbsolutePath());
        }
        ProgressBar bar = new ProgressBar(err, Ansi.AUTO.enabled());
        BenchReport report = StopOnSignal.call(() -> new Benchmark(settings, new Shown(bar)).run());
        bar.line("done");
        new BenchTable(out, report).print();
        if (json.isPresent()) {
            BenchJson.write(report, json.get());
        }
        report.soak()
                .map(SoakReport::delivery)
                .filter(delivery -> !delivery.exact())
                .ifPresent(delivery -> {
                    throw new IllegalStateException("exactly-once is broken: " + delivery);
                });
        return ExitCode.OK.code();
    }

    /** A measurement takes minutes: what would only fail at its end is looked at before. */
    private static void requireFolder(Path file) throws IOException {
        if (!Files.isDirectory(file.getParent())) {
            throw new NoSuchFileException(file.getParent().toString());
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; --json takes a file");
        }
    }

    /** Progress on the terminal. */
    private record Shown(ProgressBar bar) implements Progress {

        @Override
        public void part(String what) {
            bar.line(what);
        }

        @Override
        public void update(String what, long done, long total, String note) {
            bar.update("  " + what, (int) done, (int) total, note);
        }
    }
}
