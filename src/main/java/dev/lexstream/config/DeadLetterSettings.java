package dev.lexstream.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Limits of dead letters.
 *
 * @param tooLarge key {@code too-large}: what becomes of a dead letter that does not fit its topic. Default
 *     {@code drop-value}
 * @param maxShare key {@code max-share}: largest share of dead letters among the records of a minute, from 0 to 1. The
 *     process ends when the share is larger and at least 100 records are dead letters. Default 1: never
 */
public record DeadLetterSettings(TooLarge tooLarge, double maxShare) {

    /** What becomes of a dead letter that does not fit its topic. */
    public enum TooLarge {
        /** It is written without its value; size and SHA-256 of the value are in headers. */
        DROP_VALUE,
        /** The process ends, and the record is not passed over. */
        STOP;

        /**
         * Reads {@code drop-value} or {@code stop}.
         *
         * @throws IllegalArgumentException for any other name
         */
        public static TooLarge parse(String name) {
            return Arrays.stream(values())
                    .filter(value -> value.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is neither drop-value nor stop"));
        }

        /** As it is written in a setting. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public DeadLetterSettings {
        Objects.requireNonNull(tooLarge, "tooLarge");
        if (!(maxShare >= 0 && maxShare <= 1)) {
            throw new IllegalArgumentException("maxShare must be from 0 to 1, found " + maxShare);
        }
    }
}
