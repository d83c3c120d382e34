package dev.lexstream.stream.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics that can be written to at once. Kafka reports a topic as created before its brokers have heard of it and
 * its leaders are ready; the first batches of a producer would then overtake one another and be refused.
 */
public final class TopicCreation {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int ATTEMPTS = 200;

    private TopicCreation() {}

    /**
     * Creates a topic and waits for its leaders.
     *
     * @param admin of the cluster; not closed
     * @throws org.apache.kafka.common.errors.TopicExistsException when there is one of this name
     * @throws KafkaException when the cluster does not answer or refuses to
     */
    public static void create(Admin admin, NewTopic topic, int partitions) {
        await(admin.createTopics(List.of(topic)).all(), "creating topic " + topic.name());
        awaitLeaders(admin, topic.name(), partitions);
    }

    /** Waits until a topic that was just created can be written to. */
    static void awaitLeaders(Admin admin, String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        onceKnown(() -> await(admin.listOffsets(ends).all(), "waiting for the leaders of topic " + topic));
    }

    /** Asks again while the broker that answers has not heard of the topic. */
    static <T> T onceKnown(Supplier<T> request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (UnknownTopicOrPartitionException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /**
     * The answer of the cluster.
     *
     * @param what is done, for messages
     * @throws KafkaException when the cluster does not answer or refuses to
     */
    public static <T> T await(KafkaFuture<T> result, String what) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new TimeoutException(
                        "no answer from kafka.bootstrap.servers while " + what + "; is a broker there?", e.getCause());
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(what, e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while " + what, e);
        }
    }
}
