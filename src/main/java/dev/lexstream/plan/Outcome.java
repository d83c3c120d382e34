package dev.lexstream.plan;

import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What came of one stage for one event. */
public sealed interface Outcome {

    /** The stage's name. */
    String stage();

    /** This alone, or what came of each element of a list. */
    default List<Outcome> all() {
        return List.of(this);
    }

    /** This alone, or of the elements of a list the first that was annotated, or the first of all. */
    default Outcome first() {
        return all().stream().filter(Enriched.class::isInstance).findFirst().orElse(all().get(0));
    }

    /** Calls the method for this kind of outcome. */
    <T> T accept(Visitor<T> visitor);

    /** One method per kind of outcome. */
    interface Visitor<T> {
        T enriched(Enriched outcome);

        T skipped(Skipped outcome);

        T failed(Failed outcome);

        T several(Several outcome);
    }

    /**
     * The model annotated a text.
     *
     * @param input what it has read: the name of a text of the event, with its position where that is a list, two names for a
     *     pair, or {@code stages.NAME.translation}
     * @param model that made the annotation
     * @param elapsed from submission to result
     */
    record Enriched(String stage, String input, ModelId model, Annotation annotation, Duration elapsed)
            implements Outcome {
        public Enriched {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(input, "input");
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

    /**
     * The model was asked about each element of a list.
     *
     * @param each in the order of the list, two or more
     */
    record Several(String stage, List<Outcome> each) implements Outcome {
        public Several {
            Objects.requireNonNull(stage, "stage");
            each = List.copyOf(each);
        }

        @Override
        public List<Outcome> all() {
            return each;
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.several(this);
        }
    }
}
