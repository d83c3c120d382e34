package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.nlp.Annotation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One text at one stage: passed over, or submitted to the model and waited for.
 *
 * <p>Threading: confined by its futures; callbacks run wherever these complete and never block.
 */
final class StageCall {

    private final Stage stage;
    private final String text;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private StageCall(Stage stage, String text) {
        this.stage = stage;
        this.text = text;
    }

    /** Calls the stage when the language is known; the outcome's cancellation gives the model's work up. */
    static CompletableFuture<Outcome> start(Stage stage, CompletableFuture<Language> language, String text) {
        StageCall call = new StageCall(stage, text);
        language.whenComplete(call::start);
        return call.outcome;
    }

    private void start(Language language, Throwable failure) {
        if (failure != null) {
            outcome.completeExceptionally(failure);
        } else if (!stage.accepts(language)) {
            outcome.complete(new Outcome.Skipped(
                    stage.name(), "language " + language.code().orElse("unknown")));
        } else if (!outcome.isDone()) {
            submit();
        }
    }

    private void submit() {
        long submitted = System.nanoTime();
        CompletableFuture<? extends Annotation> annotation;
        try {
            annotation = stage.inference().submit(text);
        } catch (RuntimeException | Error e) { // nobody sees what a callback throws
            outcome.completeExceptionally(e);
            return;
        }
        annotation.whenComplete((found, failure) -> {
            if (failure == null) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - submitted);
                outcome.complete(new Outcome.Enriched(stage.name(), stage.model(), found, elapsed));
            } else if (cause(failure) instanceof ItemFailedException cause) {
                outcome.complete(failed(cause));
            } else {
                outcome.completeExceptionally(cause(failure));
            }
        });
        outcome.whenComplete((done, failure) -> annotation.cancel(false));
        if (!outcome.isDone()) {
            stage.timeout().ifPresent(this::limit);
        }
    }

    /** One timer of the JDK serves all texts; it lets go of this one as soon as the outcome is known. */
    private void limit(Duration timeout) {
        long millis = timeout.toMillis();
        CompletableFuture<Boolean> late =
                new CompletableFuture<Boolean>().completeOnTimeout(true, millis, TimeUnit.MILLISECONDS);
        late.thenAccept(expired -> {
            if (expired) {
                outcome.complete(failed(new ItemFailedException("no result within " + millis + " ms", null)));
            }
        });
        // A normal completion: after an exceptional one, older JDKs keep the timer and with it the text.
        outcome.whenComplete((done, failure) -> late.complete(false));
    }

    private Outcome failed(ItemFailedException cause) {
        return switch (stage.onError()) {
            case DEAD_LETTER -> new Outcome.Failed(stage.name(), stage.model(), cause);
            case SKIP -> new Outcome.Skipped(stage.name(), "failed: " + cause.reason());
        };
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
