package dev.lexstream.plan;

import dev.lexstream.inference.Inference;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotated;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Tagging;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Stages whose models give plain annotations, of the main text. */
public final class TestStages {

    private TestStages() {}

    /** A stage without a timeout whose failures are dead letters. */
    public static Stage of(
            String name, ModelId model, Set<String> languages, Inference<String, ? extends Annotation> inference) {
        return of(name, model, languages, inference, Optional.empty(), OnError.DEAD_LETTER);
    }

    /** A stage of a model that tags. */
    public static Stage of(
            String name,
            ModelId model,
            Set<String> languages,
            Inference<String, ? extends Annotation> inference,
            Optional<Duration> timeout,
            OnError onError) {
        return new Stage(
                name,
                new StageModel.OfText(() -> model, Tagging.class, identified(model, inference)),
                StageInput.mainText(),
                Condition.languages(languages),
                timeout,
                onError);
    }

    /** The same model, which says which it is. */
    public static <I> Inference<I, Annotated> identified(ModelId model, Inference<I, ? extends Annotation> inference) {
        return new Inference<>() {
            @Override
            public CompletableFuture<Annotated> submit(I input) {
                CompletableFuture<Annotated> answer = new CompletableFuture<>();
                CompletableFuture<? extends Annotation> result = inference.submit(input);
                result.whenComplete((found, failure) -> {
                    if (failure == null) {
                        answer.complete(new Annotated(model, found));
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
                answer.whenComplete((found, failure) -> result.cancel(false));
                return answer;
            }

            @Override
            public void close() {
                inference.close();
            }
        };
    }
}
