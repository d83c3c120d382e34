package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * One event at one stage: passed over, or submitted to the model and waited for, when all is known that the stage waits for.
 *
 * <p>Threading: confined by its futures; callbacks run wherever these complete and never block.
 */
final class StageCall {

    private final Stage stage;
    private final StageView view;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private StageCall(Stage stage, StageView view) {
        this.stage = stage;
        this.view = view;
    }

    /**
     * Calls the stage as soon as it may be. A failure of what it waits for is its own; the outcome's cancellation gives the
     * model's work up.
     *
     * @param outcomes of the earlier stages, by name
     */
    static CompletableFuture<Outcome> start(
            Step step,
            TextEvent event,
            CompletableFuture<Language> language,
            Map<String, CompletableFuture<Outcome>> outcomes) {
        StageView view = new StageView(step, event, language, outcomes);
        StageCall call = new StageCall(step.stage(), view);
        call.await(view.awaited());
        return call.outcome;
    }

    private void await(List<CompletableFuture<?>> awaited) {
        if (awaited.isEmpty()) {
            judge();
            return;
        }
        AtomicInteger unknown = new AtomicInteger(awaited.size());
        BiConsumer<Object, Throwable> known = (found, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(cause(failure));
            } else if (unknown.decrementAndGet() == 0) {
                judge();
            }
        };
        awaited.forEach(other -> other.whenComplete(known));
    }

    private void judge() {
        if (outcome.isDone()) {
            return; // nobody wants it any more
        }
        try {
            Optional<String> refusal = view.refusal();
            if (refusal.isPresent()) {
                outcome.complete(new Outcome.Skipped(stage.name(), refusal.get()));
            } else {
                submit();
            }
        } catch (ItemFailedException e) {
            outcome.complete(failed(e));
        } catch (RuntimeException | Error e) { // nobody sees what a callback throws
            outcome.completeExceptionally(e);
        }
    }

    private void submit() {
        List<Question> questions = view.questions();
        if (questions.size() == 1) {
            ask(questions.get(0), outcome);
            return;
        }
        List<CompletableFuture<Outcome>> each = new ArrayList<>(questions.size());
        for (Question question : questions) {
            CompletableFuture<Outcome> one = new CompletableFuture<>();
            each.add(one);
            ask(question, one);
        }
        CompletableFuture.allOf(each.toArray(CompletableFuture[]::new)).whenComplete((all, failure) -> {
            if (failure == null) {
                outcome.complete(new Outcome.Several(
                        stage.name(), each.stream().map(CompletableFuture::join).toList()));
            } else {
                outcome.completeExceptionally(cause(failure));
            }
        });
        outcome.whenComplete((done, failure) -> each.forEach(one -> one.cancel(false)));
    }

    private void ask(Question question, CompletableFuture<Outcome> answer) {
        long submitted = System.nanoTime();
        CompletableFuture<Annotated> result = question.model().get();
        result.whenComplete((found, failure) -> {
            if (failure == null) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - submitted);
                answer.complete(new Outcome.Enriched(
                        stage.name(), question.input(), found.model(), found.annotation(), elapsed));
            } else if (cause(failure) instanceof ItemFailedException cause) {
                answer.complete(failed(cause));
            } else {
                answer.completeExceptionally(cause(failure));
            }
        });
        answer.whenComplete((done, failure) -> result.cancel(false));
        if (!answer.isDone()) {
            stage.timeout().ifPresent(timeout -> limit(timeout, answer));
        }
    }

    /** One timer of the JDK serves all texts; it lets go of this one as soon as the outcome is known. */
    private void limit(Duration timeout, CompletableFuture<Outcome> answer) {
        long millis = timeout.toMillis();
        CompletableFuture<Boolean> late =
                new CompletableFuture<Boolean>().completeOnTimeout(true, millis, TimeUnit.MILLISECONDS);
        late.thenAccept(expired -> {
            if (expired) {
                answer.complete(failed(new ItemFailedException("no result within " + millis + " ms", null)));
            }
        });
        // A normal completion: after an exceptional one, older JDKs keep the timer and with it the text.
        answer.whenComplete((done, failure) -> late.complete(false));
    }

    private Outcome failed(ItemFailedException cause) {
        ModelId model = cause.model().orElseGet(stage.model().current());
        return switch (stage.onError()) {
            case DEAD_LETTER -> new Outcome.Failed(stage.name(), model, cause);
            case SKIP -> new Outcome.Skipped(stage.name(), "failed: " + cause.reason());
        };
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
