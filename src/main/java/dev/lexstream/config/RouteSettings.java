package dev.lexstream.config;

import java.util.Objects;
import java.util.Optional;

/**
 * Where records go for which a condition holds.
 *
 * @param when key {@code when}: the condition
 * @param topic key {@code topic}: where they go; empty where {@code drop} is true: nowhere, and they are counted
 */
public record RouteSettings(String when, Optional<String> topic) {

    public RouteSettings {
        Objects.requireNonNull(when, "when");
        topic.ifPresent(name -> TopicSettings.requireLegal("topic", name));
    }
}
