package dev.lexstream.enrich;

import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.LanguageDetector;
import dev.lexstream.nlp.LanguageDetector.Detection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends texts through the stages of the plan.
 *
 * <p>Threading: one instance serves all threads. {@link #enrich} blocks while {@code maxTexts} texts are on their way;
 * that is the only place where callers wait, so stages may hand work to each other without waiting for themselves.
 */
public final class Enricher {

    private final List<Stage> stages;
    private final LanguageDetector detector;
    private final Executor detection;
    private final Semaphore admission;
    private final Duration patience;

    /**
     * @param stages in the order of the plan; names must differ
     * @param detector asked for texts that declare no language
     * @param detection runs the detector, off the calling thread
     * @param maxTexts texts on their way at once, at least 1
     * @param patience how long a caller waits for room
     */
    public Enricher(
            List<Stage> stages, LanguageDetector detector, Executor detection, int maxTexts, Duration patience) {
        this.patience = Objects.requireNonNull(patience, "patience");
        this.stages = List.copyOf(stages);
        this.detector = Objects.requireNonNull(detector, "detector");
        this.detection = Objects.requireNonNull(detection, "detection");
        if (maxTexts < 1) {
            throw new IllegalArgumentException("maxTexts must be at least 1, found " + maxTexts);
        }
        if (stages.stream().map(Stage::name).distinct().count() < stages.size()) {
            throw new IllegalArgumentException("stage names must differ, found "
                    + stages.stream().map(Stage::name).toList());
        }
        this.admission = new Semaphore(maxTexts);
    }

    /** The stages in the order of the plan. */
    public List<Stage> stages() {
        return stages;
    }

    /**
     * Starts a text on its way, after waiting for room.
     *
     * @throws IllegalStateException when no room was made in time: the engine is in trouble; nothing was started
     * @throws InterruptedException while waiting for room; nothing was started
     */
    public Enrichment enrich(Text text) throws InterruptedException {
        if (!admission.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("no text has left the engine for " + patience.toSeconds()
                    + " s; a device is stuck or too slow for inference.max-texts");
        }
        CompletableFuture<Language> language = language(text);
        Map<String, CompletableFuture<Outcome>> outcomes = new LinkedHashMap<>();
        for (Stage stage : stages) {
            outcomes.put(stage.name(), outcome(stage, language, text));
        }
        CompletableFuture.allOf(outcomes.values().toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> admission.release());
        return new Enrichment(language, outcomes);
    }

    private CompletableFuture<Language> language(Text text) {
        return text.language()
                .map(Enricher::primary)
                .filter(code -> !code.isEmpty())
                .map(code -> CompletableFuture.completedFuture(Language.declared(code)))
                .orElseGet(() -> detectLater(text.content()));
    }

    private CompletableFuture<Language> detectLater(String content) {
        try {
            return CompletableFuture.supplyAsync(() -> detect(content), detection);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Language detect(String content) {
        Optional<Detection> detection;
        try {
            detection = detector.detect(content);
        } catch (RuntimeException | StackOverflowError e) {
            // It would fail again each time the text is read; the other stages can do without a language.
            return Language.unknown();
        }
        return detection
                .map(found -> Language.detected(found.code(), found.confidence()))
                .orElseGet(Language::unknown);
    }

    /** {@code zh-Hans-CN} and {@code ZH} are both {@code zh} to a stage. */
    private static String primary(String tag) {
        return tag.trim().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    }

    private static CompletableFuture<Outcome> outcome(Stage stage, CompletableFuture<Language> language, Text text) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        language.whenComplete((known, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(failure);
            } else if (!stage.accepts(known)) {
                outcome.complete(new Outcome.Skipped(
                        stage.name(), "language " + known.code().orElse("unknown")));
            } else if (!outcome.isDone()) {
                run(stage, text.content(), outcome);
            }
        });
        return outcome;
    }

    private static void run(Stage stage, String content, CompletableFuture<Outcome> outcome) {
        long submitted = System.nanoTime();
        CompletableFuture<? extends Annotation> annotation;
        try {
            annotation = stage.inference().submit(content);
        } catch (RuntimeException e) {
            outcome.completeExceptionally(e);
            return;
        }
        annotation.whenComplete((found, failure) -> {
            if (failure == null) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - submitted);
                outcome.complete(new Outcome.Enriched(stage.name(), stage.model(), found, elapsed));
            } else if (cause(failure) instanceof ItemFailedException cause) {
                outcome.complete(new Outcome.Failed(stage.name(), stage.model(), cause));
            } else {
                outcome.completeExceptionally(cause(failure));
            }
        });
        outcome.whenComplete((done, failure) -> annotation.cancel(false));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
