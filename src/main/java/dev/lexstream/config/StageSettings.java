package dev.lexstream.config;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One stage of the plan.
 *
 * @param name key {@code name}: lower-case letters, digits and hyphens, at most 40; names the annotation and the node of
 *     the topology, so it must not be one of the topology's own {@link #RESERVED}
 * @param model key {@code model}: name of a bundle in the models folder, or a path to one
 */
public record StageSettings(String name, String model) {

    /** Names of the topology's other nodes. */
    public static final List<String> RESERVED = List.of("texts", "decode", "emit", "enriched");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public StageSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        if (!isLegal(name)) {
            throw new IllegalArgumentException("name must be " + NAME + " and none of " + RESERVED + ", found " + name);
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("model must not be blank");
        }
    }

    static boolean isLegal(String name) {
        return NAME.matcher(name).matches() && !RESERVED.contains(name);
    }
}
