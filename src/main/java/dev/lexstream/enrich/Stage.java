package dev.lexstream.enrich;

import dev.lexstream.inference.Inference;
import dev.lexstream.nlp.Annotation;
import java.util.Objects;
import java.util.Set;

/**
 * One step of the plan: a model that annotates texts of certain languages.
 *
 * @param name unique within a pipeline, such as {@code tag}; names the topology's node and the annotation
 * @param model what answers
 * @param languages BCP 47 primary languages this stage accepts; empty means any
 * @param inference the running model
 */
public record Stage(
        String name, ModelId model, Set<String> languages, Inference<String, ? extends Annotation> inference) {

    public Stage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        languages = Set.copyOf(languages);
        Objects.requireNonNull(inference, "inference");
    }

    /** Whether a text of this language goes through the model. */
    public boolean accepts(Language language) {
        return languages.isEmpty() || language.code().map(languages::contains).orElse(false);
    }
}
