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
 * Kafka's consumer, whose polls fill up what a stream thread has on its way through the models: several small polls of
 * Kafka's become one, from all partitions in turns, as Kafka Streams processes them. Where there is no room, a poll only
 * takes part in rebalances.
 *
 * <p>What is ready is not all there is: a fetch is sent when a poll returns and answered at once, with the few records that
 * are there by then. The next poll would find these, and all that have arrived since would wait for the poll after it. So a
 * thread with nothing in hand waits a few milliseconds for others when a poll is short.
 *
 * <p>What is gathered is given back, to be polled again, when a later small poll fails or Kafka Streams pauses a partition
 * in a rebalance; it is forgotten when the partition goes elsewhere.
 *
 * <p>Threading: as Kafka's consumer, one thread.
 */
final class GatheringConsumer extends KafkaConsumer<byte[], byte[]> {

    /** Records of a poll of Kafka's own, at most. */
    static final int SMALL_POLL = 64;

    private static final Duration LINGER = Duration.ofMillis(5);
    private static final Duration BUSY_TIMEOUT = Duration.ofMillis(1);

    /** For a thread whose results are ready; the engine, when full of long texts, and the registry can take longer. */
    private static final Duration LONGEST_GATHERING = Duration.ofMillis(100);

    private final Arrivals arrivals;
    private final EarlyCommits commits;
    private final int most;
    private final int smallPoll;
    private final GatheredRecords gathered = new GatheredRecords();

    /** Paused here until each partition has had its turn. */
    private final Set<TopicPartition> turn = new HashSet<>();

    private boolean late;

    /**
     * @param settings of Kafka's consumer
     * @param arrivals what is polled and not processed
     * @param commits told of polls
     * @param most records without a result when a poll returns
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
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        boolean busy = arrivals.size(assignment()) > 0;
        int room = most - arrivals.pending(assignment());
        long begin = System.nanoTime();
        try {
            if (busy && (room < smallPoll || late)) {
                takePartInRebalances();
            } else {
                boolean more = gather(room, busy ? BUSY_TIMEOUT : timeout, busy ? Duration.ZERO : LINGER);
                if (busy || gathered.count() > 0) {
                    commits.polled(Set.copyOf(assignment()), more);
                }
            }
        } catch (RuntimeException e) {
            giveBack(assignment());
            throw e;
        } finally {
            endTurn();
            late = busy && System.nanoTime() - begin > LONGEST_GATHERING.toNanos();
        }
        return gathered.take();
    }

    private void takePartInRebalances() {
        turn.addAll(assignment());
        turn.removeAll(paused());
        super.pause(turn);
        gathered.add(super.poll(Duration.ZERO));
    }

    /**
     * Takes small polls until there is no room.
     *
     * @return whether records are left behind, as far as can be seen
     */
    private boolean gather(int room, Duration timeout, Duration linger) {
        ConsumerRecords<byte[], byte[]> next = super.poll(timeout);
        long begin = System.nanoTime();
        take(next);
        long wait = next.isEmpty() ? -1 : 0;
        while (wait >= 0) {
            if (gathered.count() + smallPoll > room || System.nanoTime() - begin > LONGEST_GATHERING.toNanos()) {
                return next.count() >= smallPoll;
            }
            next = super.poll(Duration.ofNanos(wait));
            take(next);
            boolean ready = !next.isEmpty() || !turn.isEmpty();
            if (next.isEmpty()) {
                endTurn();
            }
            wait = ready ? 0 : linger.toNanos() - (System.nanoTime() - begin);
        }
        return false;
    }

    private void take(ConsumerRecords<byte[], byte[]> polled) {
        gathered.add(polled);
        super.pause(polled.partitions());
        turn.addAll(polled.partitions());
    }

    private void endTurn() {
        turn.retainAll(assignment());
        resume(turn);
        turn.clear();
    }

    /** Also what Kafka Streams does in a rebalance to the partitions of tasks that begin again, or anew. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        giveBack(partitions);
        partitions.forEach(turn::remove);
        super.pause(partitions);
    }

    private void giveBack(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            gathered.forget(partition).ifPresent(first -> seek(partition, first));
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(gathered::forget);
        partitions.forEach(turn::remove);
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
                forget(partitions);
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                forget(partitions);
                listener.onPartitionsLost(partitions);
            }
        });
    }
}
