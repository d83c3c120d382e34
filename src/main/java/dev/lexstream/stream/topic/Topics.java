package dev.lexstream.stream.topic;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InputTopics;
import dev.lexstream.config.TopicSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of a pipeline as they are in the cluster. Looked at before the stream starts: Kafka Streams would find a missing
 * output topic only after minutes, and a missing dead-letter topic with the first bad record.
 *
 * @param inputs partitions of each input topic that there is: more stream threads than the most of them have nothing to do
 * @param outputs the output topics and their limits, by name
 * @param deadLetters the dead-letter topic and its limit
 */
public record Topics(Map<String, Integer> inputs, Map<String, OutputTopic> outputs, OutputTopic deadLetters) {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    public Topics {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
        Objects.requireNonNull(deadLetters, "deadLetters");
    }

    /**
     * Checks that all topics exist, and creates those that do not when the settings say so. Of a pattern none need be there yet.
     *
     * @param admin of the cluster; its {@code default.api.timeout.ms} is the patience; not closed
     * @param settings names, and how to create
     * @param routed further output topics, by the keys that name them
     * @param producer how records are sent
     * @throws ConfigurationException naming every topic that is missing or cannot be used
     * @throws KafkaException when the cluster does not answer or refuses to
     */
    public static Topics check(
            Admin admin, TopicSettings settings, Map<String, String> routed, ProducerLimits producer) {
        TopicRequests cluster = new TopicRequests(admin);
        List<String> inputs = inputs(settings.inputs(), cluster);
        Map<String, String> keys = new LinkedHashMap<>(); // by topic
        inputs.forEach(topic -> keys.put(topic, "topics.input"));
        keys.put(settings.output(), "topics.output");
        routed.forEach((key, topic) -> keys.putIfAbsent(topic, key));
        keys.put(settings.deadLetters(), "topics.dead-letters");

        Map<String, Integer> partitions = cluster.partitions(keys.keySet());
        if (settings.create()) {
            for (String topic : keys.keySet()) {
                if (!partitions.containsKey(topic)) {
                    partitions.put(topic, cluster.create(topic, settings));
                }
            }
        }
        List<ConfigProblem> problems = new ArrayList<>();
        keys.forEach((topic, key) -> {
            if (!partitions.containsKey(topic)) {
                problems.add(new ConfigProblem(
                        key, "no topic " + topic, "create it, or set topics.create to true to have it created"));
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException("pipeline", problems);
        }
        TopicConfigs deadLetters = cluster.configs(settings.deadLetters());
        checkCompaction(settings, deadLetters);
        inputs.forEach(input -> compareSizes(settings, deadLetters, input, cluster.configs(input)));
        Map<String, Integer> found = new TreeMap<>(partitions);
        found.keySet().retainAll(inputs);
        Map<String, OutputTopic> outputs = new TreeMap<>();
        Stream.concat(Stream.of(settings.output()), routed.values().stream())
                .distinct()
                .forEach(topic -> {
                    TopicConfigs configs = cluster.configs(topic);
                    outputs.put(
                            topic,
                            new OutputTopic(topic, configs.size(producer), configs.compacted(), configs.times()));
                });
        return new Topics(
                found,
                outputs,
                new OutputTopic(settings.deadLetters(), deadLetters.size(producer), false, TimeBounds.NONE));
    }

    /** The names of the inputs: as given, or those that match now. */
    private static List<String> inputs(InputTopics inputs, TopicRequests cluster) {
        if (inputs instanceof InputTopics.Named named) {
            return named.names();
        }
        List<String> matching =
                cluster.names().stream().filter(inputs::include).sorted().toList();
        LOG.info("{} now: {}", inputs, matching.isEmpty() ? "none" : String.join(", ", matching));
        return matching;
    }

    private static void checkCompaction(TopicSettings settings, TopicConfigs deadLetters) {
        if (deadLetters.compacted()) {
            throw new ConfigurationException(
                    "pipeline",
                    List.of(new ConfigProblem(
                            "topics.dead-letters",
                            "topic " + settings.deadLetters() + " is compacted",
                            "allowed is cleanup.policy=delete: compaction loses all but one dead letter per key")));
        }
    }

    private static void compareSizes(
            TopicSettings settings, TopicConfigs deadLetters, String topic, TopicConfigs input) {
        long limit = deadLetters.maxBatchBytes();
        if (limit - TopicRequests.DEAD_LETTER_ROOM < input.maxBatchBytes()
                && input.config().isPresent()) {
            LOG.info(
                    "Topic {} takes records of {} bytes and topic {} of {}: a dead letter of nearly that size does not fit with its error headers, and is written without its value",
                    topic,
                    input.maxBatchBytes(),
                    settings.deadLetters(),
                    limit);
        }
    }
}
