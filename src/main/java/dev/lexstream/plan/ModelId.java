package dev.lexstream.plan;

import java.util.Objects;

/** Which model made an annotation: the name and version of its bundle. */
public record ModelId(String name, String version) {

    public ModelId {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }
}
