package dev.lexstream.app.check;

import java.util.Locale;

/** What is checked together. In this order, and the first failure in it decides how a check ends. */
public enum Part {
    /** The pipeline file. */
    FILE,
    /** Conditions of stages and routes. */
    CONDITIONS,
    /** Bundles, devices, golden samples. */
    MODELS,
    /** The cluster: topics, group, permissions. */
    BROKER,
    /** The schema registry. */
    REGISTRY;

    /** As it is printed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
