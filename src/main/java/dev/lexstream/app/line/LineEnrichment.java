package dev.lexstream.app.line;

import dev.lexstream.event.Language;
import dev.lexstream.failure.Reason;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.Outcome;
import dev.lexstream.plan.Stage;
import dev.lexstream.plan.condition.Routes;
import dev.lexstream.plan.condition.Target;
import dev.lexstream.stream.StageFailedException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Sends lines through the models and writes what they found, in the order of the input. Each line is written, with an error in its
 * place where it cannot be enriched, unless a route drops it. The models get as many lines at once as there is room for.
 *
 * <p>Threading: one caller at a time.
 */
public final class LineEnrichment {

    private final Enricher enricher;
    private final LineFormat format;
    private final Routes routes;
    private final int ahead;
    private final Clock clock;

    /**
     * An enrichment on an engine that is running.
     *
     * @param routes which events are dropped
     * @param ahead most lines that have been read and wait for those before them
     * @param clock gives events their times
     */
    public LineEnrichment(Enricher enricher, LineFormat format, Routes routes, int ahead, Clock clock) {
        this.enricher = enricher;
        this.format = format;
        this.routes = routes;
        this.ahead = ahead;
        this.clock = clock;
    }

    /**
     * Enriches all lines of a source. A result is written as soon as it and those before it are there.
     *
     * @param source closed when it has ended
     * @param output written to on this thread
     * @throws IOException when the source cannot be read on; the lines before are written
     * @throws RuntimeException when the engine or the output is in trouble
     */
    public LineCounts run(LineSource source, LineOutput output) throws IOException, InterruptedException {
        LineCounts counts = LineCounts.NONE;
        try (LineIntake intake = LineIntake.start(enricher, format, source, ahead, clock)) {
            while (true) {
                LineIntake.Next next = intake.take();
                TextLine line;
                if (next instanceof LineIntake.Submitted submitted) {
                    line = submitted.line();
                    counts = write(submitted, counts, output);
                } else if (next instanceof LineIntake.Refused refused) {
                    line = refused.line();
                    counts = writeError(line, refused.why(), counts, output);
                } else {
                    requireWhole((LineIntake.End) next);
                    return counts;
                }
                intake.written(line);
                output.done(counts, line.position());
            }
        }
    }

    private static void requireWhole(LineIntake.End end) throws IOException {
        Throwable failure = end.failure().orElse(null);
        if (failure instanceof IOException e) {
            throw e;
        }
        rethrow(failure);
    }

    private LineCounts write(LineIntake.Submitted submitted, LineCounts counts, LineOutput output)
            throws InterruptedException {
        EnrichedEvent enriched = enriched(submitted);
        String json;
        try {
            requireNoneFailed(enriched);
            if (!(routes.targetOf(enriched) instanceof Target.Topic topic)) {
                return counts.oneDropped();
            }
            json = format.output(topic.name(), submitted.line(), enriched);
        } catch (RuntimeException e) {
            return writeError(submitted.line(), e, counts, output);
        }
        output.write(json);
        return counts.oneEnriched();
    }

    /** Only a data error is about the line. */
    private static LineCounts writeError(
            TextLine line, RuntimeException failure, LineCounts counts, LineOutput output) {
        Reason reason = Reason.of(failure)
                .filter(known -> known.kind() == Reason.Kind.DATA)
                .orElseThrow(() -> failure);
        output.write(LineFormat.error(line, reason, failure.getMessage()));
        return counts.oneFailed();
    }

    private EnrichedEvent enriched(LineIntake.Submitted submitted) throws InterruptedException {
        Language language = await(submitted.enrichment().language());
        List<Outcome> outcomes = new ArrayList<>();
        for (Stage stage : enricher.stages()) {
            outcomes.add(await(submitted.enrichment().outcome(stage.name())));
        }
        return new EnrichedEvent(submitted.event(), language, outcomes, submitted.receivedAt(), clock.instant());
    }

    private static void requireNoneFailed(EnrichedEvent enriched) {
        for (Outcome outcome : enriched.outcomes()) {
            for (Outcome each : outcome.all()) {
                if (each instanceof Outcome.Failed failed) {
                    throw new StageFailedException(failed);
                }
            }
        }
    }

    /** Without a limit of time: a device that hangs fails all that waits for it. */
    private static <T> T await(CompletableFuture<T> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            rethrow(e.getCause());
            throw new IllegalStateException("the engine failed", e.getCause());
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }
}
