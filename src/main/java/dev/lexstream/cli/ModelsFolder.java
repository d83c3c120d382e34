package dev.lexstream.cli;

import java.nio.file.Path;

/** Where the shipped model bundles are: the launcher says so by the system property {@code lexstream.models}. */
final class ModelsFolder {

    private static final String PROPERTY = "lexstream.models";

    private ModelsFolder() {}

    static Path shipped() {
        return Path.of(System.getProperty(PROPERTY, "models"));
    }
}
