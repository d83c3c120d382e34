package dev.lexstream.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's consumer, whose polls fill up what a stream thread has in hand: several small polls of Kafka's become one, so large
 * that {@code most} records wait to be processed.
 *
 * <p>What is ready is not all there is: a fetch is sent when a poll returns and answered at once, with the few records that
 * are there by then. The next poll would find these, and all that have arrived since would wait for the poll after it. So a
 * thread with nothing in hand waits a few milliseconds for others when a poll is short.
 *
 * <p>Records that are gathered and not yet returned are dropped when a rebalance takes their partition away; a failure
 * waits for the next poll when there are records to return.
 *
 * <p>Threading: as Kafka's consumer, one thread.
 */
final class GatheringConsumer extends KafkaConsumer<byte[], byte[]> {

    /** Records of a poll of Kafka's own, at most. */
    static final int SMALL_POLL = 64;

    private static final Duration GATHER = Duration.ofMillis(5);

    private final Arrivals arrivals;
    private final EarlyCommits commits;
    private final int most;
    private final int smallPoll;
    private final GatheredRecords gathered = new GatheredRecords();
    private final Set<TopicPartition> turn = new HashSet<>();
    private RuntimeException failure;

    /**
     * @param settings of Kafka's consumer
     * @param arrivals what is polled and not processed
     * @param commits told of polls
     * @param most records that a thread has in hand when a poll returns, but for a small poll
     */
    GatheringConsumer(Map<String, Object> settings, Arrivals arrivals, EarlyCommits commits, int most) {
        super(small(settings, most), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.arrivals = arrivals;
        this.commits = commits;
        this.most = most;
        this.smallPoll = Math.min(SMALL_POLL, most);
    }

    private static Map<String, Object> small(Map<String, Object> settings, int most) {
        Map<String, Object> small = new HashMap<>(settings);
        small.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(SMALL_POLL, most));
        return small;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                gathered.forget(partitions);
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                gathered.forget(partitions);
                listener.onPartitionsLost(partitions);
            }
        });
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (failure != null) {
            RuntimeException late = failure;
            failure = null;
            throw late;
        }
        int inHand = arrivals.size(assignment());
        ConsumerRecords<byte[], byte[]> first = super.poll(inHand > 0 ? GATHER : timeout);
        if (first.isEmpty() && inHand == 0) {
            return first;
        }
        long end = System.nanoTime() + (inHand > 0 ? 0 : GATHER.toNanos());
        int wanted = most - arrivals.pending(assignment());
        visited(first);
        gather(wanted, end);
        commits.polled(Set.copyOf(assignment()), gathered.count() + smallPoll > wanted);
        return gathered.take();
    }

    /** Takes small polls of all partitions in turns, as Kafka Streams processes them. */
    private void gather(int wanted, long end) {
        try {
            boolean found = true;
            while (gathered.count() + smallPoll <= wanted) {
                long wait = found ? 0 : end - System.nanoTime();
                if (wait < 0) {
                    break;
                }
                ConsumerRecords<byte[], byte[]> next = super.poll(Duration.ofNanos(wait));
                if (next.isEmpty()) {
                    found = !turn.isEmpty();
                    endTurn();
                }
                visited(next);
            }
            endTurn();
        } catch (RuntimeException e) {
            endTurn();
            if (gathered.count() == 0) {
                throw e;
            }
            failure = e;
        }
    }

    private void visited(ConsumerRecords<byte[], byte[]> polled) {
        gathered.add(polled);
        if (!polled.isEmpty()) {
            pause(polled.partitions());
            turn.addAll(polled.partitions());
        }
    }

    private void endTurn() {
        turn.retainAll(assignment());
        resume(turn);
        turn.clear();
    }
}
