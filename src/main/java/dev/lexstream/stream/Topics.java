package dev.lexstream.stream;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.TopicSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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

    /** Kafka's default {@code max.message.bytes}, for when we may not ask. */
    private static final long DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;

    /** Room for the error headers of a dead letter, stack trace included. */
    private static final int DEAD_LETTER_ROOM = 64 << 10;

    public Topics {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(deadLetters, "deadLetters");
    }

    /**
     * Checks that all three topics exist, and creates those that do not when the settings say so.
     *
     * @param admin of the cluster; its {@code default.api.timeout.ms} is the patience; not closed
     * @param settings names, and how to create
     * @param maxRequestBytes largest record the producer sends
     * @throws ConfigurationException naming every topic that is missing or cannot be used
     * @throws KafkaException when the cluster does not answer or refuses to
     */
    public static Topics check(Admin admin, TopicSettings settings, int maxRequestBytes) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("topics.input", settings.input());
        names.put("topics.output", settings.output());
        names.put("topics.dead-letters", settings.deadLetters());
        Cluster cluster = new Cluster(admin);

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
        Map<String, Config> configs = cluster.configs(names.values());
        long inputLimit = maxMessageBytes(configs.get(settings.input()));
        long deadLetterLimit = maxMessageBytes(configs.get(settings.deadLetters()));
        checkDeadLetters(settings, configs.get(settings.deadLetters()), inputLimit, deadLetterLimit);
        long outputLimit = maxMessageBytes(configs.get(settings.output()));
        return new Topics(
                partitions.get(settings.input()),
                new OutputTopic(settings.output(), Math.min(maxRequestBytes, outputLimit)),
                new OutputTopic(settings.deadLetters(), Math.min(maxRequestBytes, deadLetterLimit)));
    }

    private static void checkDeadLetters(TopicSettings settings, Config config, long inputLimit, long limit) {
        if (config != null && value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact")) {
            throw new ConfigurationException(
                    "pipeline",
                    List.of(new ConfigProblem(
                            "topics.dead-letters",
                            "topic " + settings.deadLetters() + " is compacted",
                            "allowed is cleanup.policy=delete: compaction loses all but one dead letter per key")));
        }
        if (limit < inputLimit + DEAD_LETTER_ROOM) {
            LOG.info(
                    "Topic {} takes records of {} bytes and topic {} of {}: a bad record of nearly that size stops the stream, since it does not fit with its error headers",
                    settings.input(),
                    inputLimit,
                    settings.deadLetters(),
                    limit);
        }
    }

    private static long maxMessageBytes(Config config) {
        return config == null
                ? DEFAULT_MAX_MESSAGE_BYTES
                : Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }

    private static String value(Config config, String name) {
        return config.get(name).value();
    }

    /** The requests, each waited for. */
    private record Cluster(Admin admin) {

        /** Partitions by topic, of those that exist. */
        Map<String, Integer> partitions(Iterable<String> topics) {
            Map<String, Integer> partitions = new TreeMap<>();
            List<String> names = new ArrayList<>();
            topics.forEach(names::add);
            admin.describeTopics(names).topicNameValues().forEach((topic, description) -> {
                try {
                    TopicDescription found = TopicCreation.await(description, "describing topic " + topic);
                    partitions.put(topic, found.partitions().size());
                } catch (UnknownTopicOrPartitionException e) {
                    // missing: said by the caller, for all of them
                }
            });
            return partitions;
        }

        /** Creates a topic, unless another instance is faster. */
        int create(String topic, TopicSettings settings) {
            NewTopic wanted = new NewTopic(topic, Optional.of(settings.partitions()), settings.replicationFactor());
            if (topic.equals(settings.deadLetters())) {
                wanted.configs(Map.of(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        String.valueOf(DEFAULT_MAX_MESSAGE_BYTES + DEAD_LETTER_ROOM)));
            }
            try {
                TopicCreation.create(admin, wanted, settings.partitions());
                LOG.info("Created topic {} with {} partitions", topic, settings.partitions());
            } catch (TopicExistsException e) {
                LOG.info("Topic {} was created by another instance", topic);
                TopicCreation.awaitLeaders(admin, topic, settings.partitions());
            }
            return settings.partitions();
        }

        /** Configurations by topic; none when we may not see them. */
        Map<String, Config> configs(Iterable<String> topics) {
            List<ConfigResource> resources = new ArrayList<>();
            topics.forEach(topic -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topic)));
            try {
                Map<String, Config> configs = new TreeMap<>();
                TopicCreation.onceKnown(() -> TopicCreation.await(
                                admin.describeConfigs(resources).all(), "describing topic configurations"))
                        .forEach((resource, config) -> configs.put(resource.name(), config));
                return configs;
            } catch (AuthorizationException e) {
                LOG.info("Not allowed to describe topic configurations: assuming Kafka's default max.message.bytes");
                return Map.of();
            }
        }
    }
}
