package dev.lexstream.nlp;

import dev.lexstream.model.ModelId;
import java.util.Objects;

/**
 * What a task found in a text, and by which model: another version may answer the next text. Immutable.
 *
 * @param model that made the annotation
 * @param annotation what it found
 */
public record Annotated(ModelId model, Annotation annotation) {

    public Annotated {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(annotation, "annotation");
    }
}
