package dev.lexstream.cli;

import dev.lexstream.app.line.LineCounts;
import dev.lexstream.app.line.LineOutput;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Prints enriched lines, and how far the work is where that is known. Used by one thread. */
final class LineReport implements LineOutput {

    private static final long EVERY_NANOS = 100_000_000;

    private final PrintStream out;
    private final ProgressBar bar;
    private final OptionalLong size;
    private final long begin = System.nanoTime();
    private long told = begin;

    /** @param size bytes of all files; empty where it is not known */
    LineReport(PrintStream out, ProgressBar bar, OptionalLong size) {
        this.out = out;
        this.bar = bar;
        this.size = size;
    }

    @Override
    public void write(String json) {
        out.println(json);
    }

    @Override
    public void done(LineCounts counts, long position) {
        long now = System.nanoTime();
        if (size.isPresent() && (now - told > EVERY_NANOS || position >= size.getAsLong())) {
            told = now;
            String note = String.format(
                    Locale.ROOT,
                    "KiB  %d lines, %.0f lines/s  %s",
                    counts.lines(),
                    counts.lines() / seconds(),
                    ProgressBar.clock(Duration.ofNanos(System.nanoTime() - begin)));
            bar.update("enrich", kibibytes(position), kibibytes(size.getAsLong()), note);
        }
    }

    private static int kibibytes(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + 1023) >> 10);
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    /**
     * Says what became of the lines.
     *
     * @param loading how long the models took to load
     */
    void summary(LineCounts counts, Duration loading) {
        double seconds = seconds();
        List<String> parts = new ArrayList<>();
        parts.add(counts.enriched() + " enriched");
        if (counts.dropped() > 0) {
            parts.add(counts.dropped() + " dropped by a route");
        }
        if (counts.failed() > 0) {
            parts.add(counts.failed() + " not enriched, with an error in their place");
        }
        bar.line(String.format(
                Locale.ROOT,
                "%d %s in %.2f s, %.0f lines/s, after %.1f s for the models: %s",
                counts.lines(),
                counts.lines() == 1 ? "line" : "lines",
                seconds,
                counts.lines() / Math.max(1e-9, seconds),
                loading.toMillis() / 1e3,
                String.join(", ", parts)));
    }
}
