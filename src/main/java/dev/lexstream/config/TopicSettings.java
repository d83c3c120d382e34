package dev.lexstream.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The topics of a pipeline, and what to do when one is missing. A {@link Pipeline} requires that the others are no inputs.
 *
 * @param inputs keys input and input-pattern: topics of the text events
 * @param output key {@code output}: topic of the enriched texts
 * @param deadLetters key {@code dead-letters}: topic of the records that cannot be enriched. Default: the input's name
 *     with the suffix {@code -dead-letters}, where there is one input
 * @param create key {@code create}: whether missing topics are created at start. Default false
 * @param partitions key {@code partitions}: number of partitions of created topics. Default
 *     {@value PipelineDefaults#PARTITIONS}
 * @param replicationFactor key {@code replication-factor}: replicas of created topics. Default empty, which means the
 *     broker's default
 */
public record TopicSettings(
        InputTopics inputs,
        String output,
        String deadLetters,
        boolean create,
        int partitions,
        Optional<Short> replicationFactor) {

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public TopicSettings {
        Objects.requireNonNull(inputs, "inputs");
        requireLegal("output", output);
        requireLegal("deadLetters", deadLetters);
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, found " + partitions);
        }
        Objects.requireNonNull(replicationFactor, "replicationFactor");
    }

    /** Topics with one input. */
    public TopicSettings(
            String input,
            String output,
            String deadLetters,
            boolean create,
            int partitions,
            Optional<Short> replicationFactor) {
        this(new InputTopics.Named(List.of(input)), output, deadLetters, create, partitions, replicationFactor);
    }

    /** Topics with one input that exist already: none is created. */
    public static TopicSettings existing(String input, String output, String deadLetters) {
        return new TopicSettings(
                input, output, deadLetters, false, PipelineDefaults.PARTITIONS, PipelineDefaults.REPLICATION_FACTOR);
    }

    /**
     * The only input, for what sends to one.
     *
     * @throws ConfigurationException when there may be several
     */
    public String input() {
        if (inputs instanceof InputTopics.Named named && named.names().size() == 1) {
            return named.names().get(0);
        }
        throw new ConfigurationException(
                "pipeline", List.of(new ConfigProblem("topics.input", inputs.toString(), "one topic is needed here")));
    }

    /** Whether Kafka allows this name for a topic. */
    static boolean isLegal(String topic) {
        return LEGAL.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..");
    }

    static void requireLegal(String parameter, String topic) {
        Objects.requireNonNull(topic, parameter);
        if (!isLegal(topic)) {
            throw new IllegalArgumentException(parameter + " must be a topic name (" + LEGAL + "), found " + topic);
        }
    }
}
