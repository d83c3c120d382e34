package dev.lexstream.model;

import java.util.Objects;

/** Which model it is: the name and version of its bundle. */
public record ModelId(String name, String version) {

    public ModelId {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }
}
