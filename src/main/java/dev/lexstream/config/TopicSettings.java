package dev.lexstream.config;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The topics of a pipeline and what to do when they are missing. A {@link Pipeline} asks that
 * the three names differ.
 *
 * @param input key {@code input}: text events are read from here
 * @param output key {@code output}: enriched texts go here
 * @param deadLetters key {@code dead-letters}: records that cannot be enriched go here; default is the input's name and
 *     {@code -dead-letters}
 * @param create key {@code create}: whether missing topics are created at start; default false
 * @param partitions key {@code partitions}: of topics created; default {@value PipelineDefaults#PARTITIONS}
 * @param replicationFactor key {@code replication-factor}: of topics created; default is the broker's
 */
public record TopicSettings(
        String input,
        String output,
        String deadLetters,
        boolean create,
        int partitions,
        Optional<Short> replicationFactor) {

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public TopicSettings {
        requireLegal("input", input);
        requireLegal("output", output);
        requireLegal("deadLetters", deadLetters);
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, found " + partitions);
        }
        Objects.requireNonNull(replicationFactor, "replicationFactor");
    }

    /** Existing topics by name; nothing is created. */
    public static TopicSettings existing(String input, String output, String deadLetters) {
        return new TopicSettings(
                input, output, deadLetters, false, PipelineDefaults.PARTITIONS, PipelineDefaults.REPLICATION_FACTOR);
    }

    /** Whether Kafka allows a topic of this name. */
    static boolean isLegal(String topic) {
        return LEGAL.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..");
    }

    private static void requireLegal(String parameter, String topic) {
        Objects.requireNonNull(topic, parameter);
        if (!isLegal(topic)) {
            throw new IllegalArgumentException(parameter + " must be a topic name (" + LEGAL + "), found " + topic);
        }
    }
}
