package dev.lexstream.config;

import java.util.Objects;

/**
 * One thing that is wrong with a configuration.
 *
 * @param where path of the setting, such as {@code topics.input}, with its line where known
 * @param found what the configuration has there, such as {@code unknown key} or {@code no value}
 * @param allowed what it may have there instead
 */
public record ConfigProblem(String where, String found, String allowed) {

    public ConfigProblem {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(allowed, "allowed");
    }

    @Override
    public String toString() {
        return where + ": " + found + "; " + allowed;
    }
}
