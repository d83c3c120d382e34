package dev.lexstream.stream.topic;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.TopicSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of a pipeline as they are in the cluster. Looked at before the stream starts: Kafka Streams would find a missing
 * output topic only after minutes, and a missing dead-letter topic with the first bad record.
 *
 * @param inputPartitions of the input topic: more stream threads than that have nothing to do
 * @param output the output topic and its limit
 * @param deadLetters the dead-letter topic and its limit
 */
public record Topics(int inputPartitions, OutputTopic output, OutputTopic deadLetters) {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    public Topics {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(deadLetters, "deadLetters");
    }

    /**
     * Checks that all three topics exist, and creates those that do not when the settings say so.
     *
     * @param admin of the cluster; its {@code default.api.timeout.ms} is the patience; not closed
     * @param settings names, and how to create
     * @param producer how records are sent
     * @throws ConfigurationException naming every topic that is missing or cannot be used
     * @throws KafkaException when the cluster does not answer or refuses to
     */
    public static Topics check(Admin admin, TopicSettings settings, ProducerLimits producer) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("topics.input", settings.input());
        names.put("topics.output", settings.output());
        names.put("topics.dead-letters", settings.deadLetters());
        TopicRequests cluster = new TopicRequests(admin);

        Map<String, Integer> partitions = cluster.partitions(names.values());
        if (settings.create()) {
            for (String topic : names.values()) {
                if (!partitions.containsKey(topic)) {
                    partitions.put(topic, cluster.create(topic, settings));
                }
            }
        }
        List<ConfigProblem> problems = new ArrayList<>();
        names.forEach((key, topic) -> {
            if (!partitions.containsKey(topic)) {
                problems.add(new ConfigProblem(
                        key, "no topic " + topic, "create it, or set topics.create to true to have it created"));
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException("pipeline", problems);
        }
        TopicConfigs output = cluster.configs(settings.output());
        TopicConfigs deadLetters = cluster.configs(settings.deadLetters());
        checkDeadLetters(settings, deadLetters, cluster.configs(settings.input()));
        return new Topics(
                partitions.get(settings.input()),
                new OutputTopic(settings.output(), output.size(producer), output.compacted(), output.times()),
                new OutputTopic(settings.deadLetters(), deadLetters.size(producer), false, TimeBounds.NONE));
    }

    private static void checkDeadLetters(TopicSettings settings, TopicConfigs deadLetters, TopicConfigs input) {
        if (deadLetters.compacted()) {
            throw new ConfigurationException(
                    "pipeline",
                    List.of(new ConfigProblem(
                            "topics.dead-letters",
                            "topic " + settings.deadLetters() + " is compacted",
                            "allowed is cleanup.policy=delete: compaction loses all but one dead letter per key")));
        }
        long limit = deadLetters.maxBatchBytes();
        if (limit - TopicRequests.DEAD_LETTER_ROOM < input.maxBatchBytes()
                && input.config().isPresent()) {
            LOG.info(
                    "Topic {} takes records of {} bytes and topic {} of {}: a dead letter of nearly that size does not fit with its error headers, and is written without its value",
                    settings.input(),
                    input.maxBatchBytes(),
                    settings.deadLetters(),
                    limit);
        }
    }
}
