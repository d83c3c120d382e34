package dev.lexstream.app.check;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.failure.Reason;
import dev.lexstream.stream.topic.TopicCreation;
import dev.lexstream.stream.topic.TopicRequests;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Whether a topic is there, or would be created, and may be used.
 *
 * @param admin of the cluster; not closed
 */
record TopicLookup(Loaded loaded, Admin admin) {

    /** Asks for topics, all at once; the answers say what is allowed, too. */
    Map<String, KafkaFuture<TopicDescription>> describe(Collection<String> names) {
        return admin.describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
    }

    /**
     * A topic that is there and may be used; all else is told.
     *
     * @param key the setting that names it
     * @param what the topic in words
     * @param described its answer
     * @param needed what a pipeline does with it
     */
    Optional<TopicDescription> found(
            String key,
            String what,
            String name,
            KafkaFuture<TopicDescription> described,
            AclOperation needed,
            Findings findings) {
        try {
            TopicDescription topic = TopicCreation.await(described, "describing topic " + name);
            Set<AclOperation> allowed = topic.authorizedOperations();
            if (allowed != null && !allowed.contains(needed)) {
                findings.add(denied(what + ": " + partitions(topic), Operations.name(needed) + " on topic " + name));
                return Optional.empty();
            }
            return Optional.of(topic);
        } catch (UnknownTopicOrPartitionException e) {
            lacking(key, what, name, findings);
        } catch (AuthorizationException e) {
            findings.add(denied(what, Operations.name(needed) + " on topic " + name + ", not even Describe"));
        }
        return Optional.empty();
    }

    private static Finding denied(String what, String operation) {
        return new Finding.Failed(Part.BROKER, what, List.of(Operations.notAllowed(operation)), Reason.ACCESS_REFUSED);
    }

    private void lacking(String key, String what, String name, Findings findings) {
        TopicSettings settings = loaded.pipeline().topics();
        if (!settings.create()) {
            ConfigProblem problem = new ConfigProblem(
                    key, "no topic " + name, "create it, or set topics.create to true to have it created");
            findings.failed(Part.BROKER, what + ": there is none", loaded.located(problem));
            return;
        }
        try {
            // the broker looks at its rules and permissions, and leaves it at that
            TopicCreation.await(
                    admin.createTopics(
                                    List.of(TopicRequests.lacking(name, settings)),
                                    new CreateTopicsOptions().validateOnly(true))
                            .all(),
                    "asking whether topic " + name + " can be created");
            findings.passed(
                    Part.BROKER,
                    what + ": not there yet, run creates it with " + Words.counted(settings.partitions(), "partition"));
        } catch (KafkaException e) {
            findings.failed(Part.BROKER, what + ": not there, and it cannot be created", e);
        }
    }

    /** How many partitions a topic has, and which cannot be used now. */
    static String partitions(TopicDescription topic) {
        List<String> leaderless = new ArrayList<>();
        topic.partitions().forEach(partition -> {
            if (partition.leader() == null || partition.leader().isEmpty()) {
                leaderless.add(String.valueOf(partition.partition()));
            }
        });
        return Words.counted(topic.partitions().size(), "partition")
                + (leaderless.isEmpty() ? "" : ", without a leader now: " + Words.names(leaderless));
    }
}
