package dev.lexstream.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * A text to enrich.
 *
 * @param content the characters, not blank
 * @param language BCP 47 code that the sender declared, if any
 */
public record Text(String content, Optional<String> language) {

    public Text {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(language, "language");
    }
}
