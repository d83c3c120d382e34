package dev.lexstream.plan;

import dev.lexstream.nlp.Annotated;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a model is asked once.
 *
 * @param input name of what it reads
 * @param model asks it
 */
record Question(String input, Supplier<CompletableFuture<Annotated>> model) {

    Question {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(model, "model");
    }
}
