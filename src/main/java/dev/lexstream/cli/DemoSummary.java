package dev.lexstream.cli;

import dev.lexstream.app.Application;
import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.inference.BatchStats;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what came out and prints the closing summary. Not thread-safe. */
final class DemoSummary {

    private final int sent;
    private final Map<String, Integer> done = new TreeMap<>();
    private final Map<String, Integer> skipped = new TreeMap<>();
    private final long begin = System.nanoTime();
    private int enriched;

    DemoSummary(int sent) {
        this.sent = sent;
    }

    void add(EnrichedText text) {
        enriched++;
        for (Annotation annotation : text.getAnnotations()) {
            boolean skip = annotation.getStatus() == StageStatus.SKIPPED;
            (skip ? skipped : done).merge(annotation.getStage(), 1, Integer::sum);
        }
    }

    boolean complete(Application application) {
        return enriched + application.deadLetters() >= sent;
    }

    void print(PrintStream out, Application application) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.println();
        line(out, "events", "%d sent, %d enriched, %d dead letters", sent, enriched, application.deadLetters());
        line(
                out,
                "rate",
                "%.0f events/s: %.2f s from the first event sent to the last record committed",
                sent / seconds,
                seconds);
        application
                .batches()
                .forEach((stage, batches) ->
                        stage(out, stage, application.models().get(stage), batches));
    }

    private void stage(PrintStream out, String stage, String model, BatchStats batches) {
        line(
                out,
                "stage " + stage,
                "%s: %d done, %d skipped; %d batches of %.1f texts in the mean, padding ratio %.2f",
                model,
                done.getOrDefault(stage, 0),
                skipped.getOrDefault(stage, 0),
                batches.batches(),
                batches.meanBatch(),
                batches.paddingRatio());
    }

    private static void line(PrintStream out, String name, String format, Object... values) {
        out.printf(Locale.ROOT, "  %-18s %s%n", name, String.format(Locale.ROOT, format, values));
    }
}
