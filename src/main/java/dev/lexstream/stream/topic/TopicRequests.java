package dev.lexstream.stream.topic;

import dev.lexstream.config.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests about topics, each waited for. */
public record TopicRequests(Admin admin) {

    /** Room for the error headers of a dead letter, stack trace included. */
    public static final int DEAD_LETTER_ROOM = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(TopicRequests.class);

    /** Kafka's default {@code max.message.bytes}. */
    private static final long DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;

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

    /** The names of all topics that we may see, without Kafka's own. */
    public Set<String> names() {
        return TopicCreation.await(admin.listTopics().names(), "listing the topics");
    }

    /** A topic that is lacking, as it is created. */
    public static NewTopic lacking(String topic, TopicSettings settings) {
        NewTopic wanted = new NewTopic(topic, Optional.of(settings.partitions()), settings.replicationFactor());
        if (topic.equals(settings.deadLetters())) {
            wanted.configs(Map.of(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    String.valueOf(DEFAULT_MAX_MESSAGE_BYTES + DEAD_LETTER_ROOM)));
        }
        return wanted;
    }

    /** Creates a topic, unless another instance is faster. */
    int create(String topic, TopicSettings settings) {
        NewTopic wanted = lacking(topic, settings);
        try {
            TopicCreation.create(admin, wanted, settings.partitions());
            LOG.info("Created topic {} with {} partitions", topic, settings.partitions());
        } catch (TopicExistsException e) {
            LOG.info("Topic {} was created by another instance", topic);
            TopicCreation.awaitLeaders(admin, topic, settings.partitions());
        }
        return settings.partitions();
    }

    /** What the configuration of a topic says; nothing when we may not see it. */
    public TopicConfigs configs(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            return new TopicConfigs(Optional.of(TopicCreation.onceKnown(() -> TopicCreation.await(
                    admin.describeConfigs(List.of(resource)).values().get(resource),
                    "describing the configuration of topic " + topic))));
        } catch (AuthorizationException e) {
            LOG.info(
                    "Not allowed to describe the configuration of topic {}: what it refuses is known when it does, by an aborted transaction",
                    topic);
            return new TopicConfigs(Optional.empty());
        }
    }
}
