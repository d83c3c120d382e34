package dev.lexstream.bench;

import dev.lexstream.event.TextEvent;
import java.util.Objects;
import java.util.Optional;

/**
 * A text of the stream that is measured.
 *
 * @param user key of its record, if any
 * @param language BCP 47 code that the event declares, if any
 * @param text not blank
 */
public record BenchEvent(Optional<String> user, Optional<String> language, String text) {

    public BenchEvent {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(language, "language");
        if (text.isBlank()) {
            throw new IllegalArgumentException("text must not be blank");
        }
    }

    /** The event, by its number. */
    TextEvent event(long sequence) {
        return TextEvent.of(Long.toString(sequence), text, language);
    }
}
