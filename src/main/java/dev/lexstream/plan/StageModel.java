package dev.lexstream.plan;

import dev.lexstream.inference.Inference;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotated;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.TextPair;
import dev.lexstream.nlp.Translation;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A running model, by what it takes. Results say which model made them, as another version may take its place between two
 * batches.
 */
public sealed interface StageModel {

    /** The model that answers now. May be called from any thread. */
    Supplier<ModelId> current();

    /** What the annotations are, all of one class. */
    Class<? extends Annotation> annotation();

    /** Whether the annotations are translations, which other stages may take. */
    default boolean translates() {
        return annotation() == Translation.class;
    }

    /** A model that takes one text. */
    record OfText(
            Supplier<ModelId> current, Class<? extends Annotation> annotation, Inference<String, Annotated> inference)
            implements StageModel {
        public OfText {
            Objects.requireNonNull(current, "current");
            Objects.requireNonNull(annotation, "annotation");
            Objects.requireNonNull(inference, "inference");
        }
    }

    /** A model that takes two texts at once. */
    record OfPair(
            Supplier<ModelId> current, Class<? extends Annotation> annotation, Inference<TextPair, Annotated> inference)
            implements StageModel {
        public OfPair {
            Objects.requireNonNull(current, "current");
            Objects.requireNonNull(annotation, "annotation");
            Objects.requireNonNull(inference, "inference");
        }
    }
}
