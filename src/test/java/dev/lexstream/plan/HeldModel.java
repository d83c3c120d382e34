package dev.lexstream.plan;

import dev.lexstream.inference.Inference;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotated;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.TextPair;
import dev.lexstream.nlp.Translation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model that answers when the test says so.
 *
 * @param <I> what it takes
 */
final class HeldModel<I> implements Inference<I, Annotated> {

    static final ModelId ID = new ModelId("held", "1");
    static final Tagging TAGS = new Tagging(List.of(), Coverage.complete(1));

    final Map<I, CompletableFuture<Annotated>> asked = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<Annotated> submit(I input) {
        return asked.computeIfAbsent(input, key -> new CompletableFuture<>());
    }

    void answer(I input, Annotation annotation) {
        asked.get(input).complete(new Annotated(ID, annotation));
    }

    void fail(I input, Throwable failure) {
        asked.get(input).completeExceptionally(failure);
    }

    @Override
    public void close() {
        // nothing runs
    }

    static Translation translation(String text) {
        return new Translation("en", text, 0, Coverage.complete(1));
    }

    static StageModel tagger(Inference<String, Annotated> inference) {
        return new StageModel.OfText(() -> ID, Tagging.class, inference);
    }

    static StageModel translator(Inference<String, Annotated> inference) {
        return new StageModel.OfText(() -> ID, Translation.class, inference);
    }

    static StageModel pairs(Inference<TextPair, Annotated> inference) {
        return new StageModel.OfPair(() -> ID, Tagging.class, inference);
    }
}
