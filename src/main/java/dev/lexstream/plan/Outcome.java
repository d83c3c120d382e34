package dev.lexstream.plan;

import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotation;
import java.time.Duration;
import java.util.Objects;

/** What came of one stage for one text. */
public sealed interface Outcome {

    /** The stage's name. */
    String stage();

    /** Calls the method for this kind of outcome. */
    <T> T accept(Visitor<T> visitor);

    /** One method per kind of outcome. */
    interface Visitor<T> {
        T enriched(Enriched outcome);

        T skipped(Skipped outcome);

        T failed(Failed outcome);
    }

    /**
     * The model annotated the text.
     *
     * @param model that made the annotation
     * @param elapsed from submission to result
     */
    record Enriched(String stage, ModelId model, Annotation annotation, Duration elapsed) implements Outcome {
        public Enriched {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(annotation, "annotation");
            Objects.requireNonNull(elapsed, "elapsed");
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.enriched(this);
        }
    }

    /**
     * The text did not go through the model.
     *
     * @param reason short and stable, such as {@code language zh}
     */
    record Skipped(String stage, String reason) implements Outcome {
        public Skipped {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.skipped(this);
        }
    }

    /**
     * The model cannot process this text: a data error, so the record belongs in the dead letters.
     *
     * @param model that failed, or the stage's current one where the failure does not say
     */
    record Failed(String stage, ModelId model, Throwable cause) implements Outcome {
        public Failed {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.failed(this);
        }
    }
}
