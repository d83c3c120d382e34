package dev.lexstream.config;

import java.util.Arrays;
import java.util.Locale;

/** How the values of records are written. */
public enum Format {
    /** Avro binary behind the registry's id of its schema. */
    AVRO,
    /** JSON in UTF-8, with or without the registry's id before it. */
    JSON,
    /** UTF-8, the text itself. */
    TEXT;

    /**
     * Reads a name as it is written in a setting.
     *
     * @throws IllegalArgumentException for any other
     */
    public static Format parse(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is none of avro, json and text"));
    }

    /** As it is written in a setting. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
