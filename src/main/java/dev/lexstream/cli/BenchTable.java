package dev.lexstream.cli;

import dev.lexstream.bench.BenchReport;
import dev.lexstream.bench.BenchSettings;
import dev.lexstream.bench.CeilingRuns;
import dev.lexstream.bench.Latency;
import dev.lexstream.bench.Machine;
import dev.lexstream.bench.MemoryUse;
import dev.lexstream.bench.PipelineResult;
import dev.lexstream.bench.SoakReport;
import dev.lexstream.bench.StageFigures;
import dev.lexstream.bench.ThreadRole;
import dev.lexstream.bench.Throughput;
import dev.lexstream.inference.BatchStats;
import java.io.PrintStream;
import java.util.Locale;

/** Prints what was measured, in 100 columns. */
final class BenchTable {

    private static final double MIB = 1 << 20;

    private final PrintStream out;
    private final BenchReport report;

    BenchTable(PrintStream out, BenchReport report) {
        this.out = out;
        this.report = report;
    }

    void print() {
        heading();
        ways();
        stages();
        costs();
        report.latency().ifPresent(this::latency);
        report.soak().ifPresent(this::soak);
    }

    private void heading() {
        BenchSettings settings = report.settings();
        Machine machine = report.machine();
        String stream =
                settings.events().map(file -> " of " + file.getFileName()).orElse(" made of the sample events");
        String device =
                settings.deviceModel().map(model -> "sleeping, " + model).orElse("CPU");
        line("%,d events%s", report.events(), stream);
        line(
                "%d stream threads, %d partitions, exactly_once_v2; device: %s",
                settings.threads(), settings.partitions(), device);
        line(
                "%d cores, %.1f GiB, heap at most %.1f GiB, Java %s, %s",
                machine.cores(),
                machine.memory() / MIB / 1024,
                machine.maxHeap() / MIB / 1024,
                machine.java(),
                machine.system());
        line("");
    }

    private void ways() {
        line(
                "%-14s %11s %9s %12s %12s %8s %9s %9s",
                "", "records", "seconds", "records/s", "tokens/s", "batch", "/ ceiling", "/ naive");
        report.ceiling().ifPresent(ceiling -> {
            way("ceiling", ceiling.both());
            way("  before", ceiling.before());
            way("  after", ceiling.after());
        });
        way("pipeline", report.pipeline().throughput());
        report.naive().ifPresent(naive -> way("naive", naive));
        line("");
    }

    private void way(String name, Throughput way) {
        line(
                "%-14s %,11d %,9.2f %,12.1f %,12.0f %8.1f %9s %9s",
                name,
                way.records(),
                way.seconds(),
                way.recordsPerSecond(),
                way.tokensPerSecond(),
                way.meanBatch(),
                report.ceiling()
                        .map(CeilingRuns::both)
                        .map(ceiling -> number("%.3f", way.recordsPerSecond() / ceiling.recordsPerSecond()))
                        .orElse(""),
                report.naive()
                        .map(naive -> number("%.2f", way.recordsPerSecond() / naive.recordsPerSecond()))
                        .orElse(""));
    }

    private void stages() {
        line("%-14s %28s %15s %37s", "in the", "", "padding ratio", "microseconds for each record");
        line(
                "%-14s %9s %10s %7s %7s %7s %8s %10s %8s %8s",
                "pipeline", "records/s", "tokens/s", "batch", "", "fifo", "prepare", "queue", "device", "finish");
        Throughput run = report.pipeline().throughput();
        run.stages().forEach((name, stats) -> stage(name, stats, run.seconds()));
        if (run.stages().size() > 1) {
            stage("all models", run.all(), run.seconds());
        }
        line("");
    }

    private void stage(String name, BatchStats stats, double seconds) {
        StageFigures figures = StageFigures.of(stats, seconds);
        line(
                "%-14s %,9.1f %,10.0f %7.1f %7.3f %7.3f %,8.1f %,10.0f %,8.1f %,8.1f",
                name,
                figures.recordsPerSecond(),
                figures.tokensPerSecond(),
                stats.meanBatch(),
                stats.paddingRatio(),
                stats.fifoPaddingRatio(),
                figures.preparationMicros(),
                figures.queueMicros(),
                figures.deviceMicros(),
                figures.completionMicros());
    }

    private void costs() {
        PipelineResult run = report.pipeline();
        boolean sleeping = report.settings().deviceModel().isPresent();
        line(
                "own code       %.1f µs of CPU a record: stream threads %.1f, preparation %.1f%s",
                report.overheadMicrosPerRecord(),
                run.microsPerRecord(ThreadRole.STREAM),
                run.microsPerRecord(ThreadRole.PREPARATION),
                sleeping ? number(", devices %.1f", run.microsPerRecord(ThreadRole.DEVICE)) : "");
        line(
                "not counted    %sclients %.1f, broker and rest %.1f, outside Java threads %.1f",
                sleeping ? "" : number("devices %.1f, ", run.microsPerRecord(ThreadRole.DEVICE)),
                run.microsPerRecord(ThreadRole.CLIENT),
                run.microsPerRecord(ThreadRole.OTHER),
                run.outsideMicrosPerRecord());
        line("CPU            %.2f of %d cores", run.cores(), report.machine().cores());
        MemoryUse memory = report.memory();
        line(
                "memory         heap after collection %.0f MiB, resident %,.0f MiB",
                memory.heapAfterCollection() / MIB, memory.resident() / MIB);
        line(
                "delivery       %,d in, %,d enriched, %,d dead letters, %d lost, %d repeated",
                run.delivery().sent(),
                run.delivery().enriched(),
                run.delivery().deadLetters(),
                run.delivery().lost(),
                run.delivery().repeated());
    }

    private void latency(Latency latency) {
        line(
                "latency        p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, longest %.0f ms at %,.0f records/s",
                latency.millis().p50(),
                latency.millis().p95(),
                latency.millis().p99(),
                latency.millis().max(),
                latency.rate());
        line(
                "               commit interval %d ms + 3 mean batches of %.1f ms = %.0f ms",
                latency.commitIntervalMillis(), latency.meanBatchMillis(), latency.boundMillis());
        BatchStats all = latency.throughput().all();
        line(
                "               batches of %.1f, padding ratio %.3f, device %,.1f µs a record, CPU %.2f of %d cores",
                all.meanBatch(),
                all.paddingRatio(),
                StageFigures.of(all, latency.throughput().seconds()).deviceMicros(),
                latency.cores(),
                report.machine().cores());
    }

    private void soak(SoakReport soak) {
        line("");
        line(
                "soak           %,.0f s at %,.0f records/s, of %,.0f at most",
                soak.seconds(), soak.rate(), soak.maximum());
        line(
                "  instances    a second one joined %d times and left %d times, warm-up included",
                soak.joins(), soak.leaves());
        line(
                "  delivery     %,d in, %,d enriched, %,d dead letters, %d lost, %d repeated, all with warm-up",
                soak.delivery().sent(),
                soak.delivery().enriched(),
                soak.delivery().deadLetters(),
                soak.delivery().lost(),
                soak.delivery().repeated());
        trend("heap", soak.heap());
        trend("resident", soak.resident());
    }

    private void trend(String what, SoakReport.Trend trend) {
        line(
                "  %-12s first quarter %,.1f MiB, last quarter %,.1f MiB, ratio %.3f",
                what, trend.first() / MIB, trend.last() / MIB, trend.ratio());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
