package dev.lexstream.plan;

import java.util.Arrays;
import java.util.Locale;

/** What becomes of a text that a stage cannot process. */
public enum OnError {
    /** The text is a dead letter. */
    DEAD_LETTER,
    /** The text goes on without this stage's annotation. */
    SKIP;

    /**
     * Reads {@code dead-letter} or {@code skip}.
     *
     * @throws IllegalArgumentException for any other name
     */
    public static OnError parse(String name) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is neither dead-letter nor skip"));
    }

    /** As it is written in a setting. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
