package dev.lexstream.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's consumer, whose polls return a record when its results are ready. It reads ahead, many small polls of Kafka's
 * own, until so many records are on their way through the models as {@link ReadAhead} says and they have room for; what is not
 * ready is held.
 *
 * <p>So a stream thread never waits for a model: it polls all the time, takes part in rebalances, commits and stops at once,
 * and fresh records reach the models while it has results to write.
 *
 * <p>To Kafka Streams this is a consumer like others: the position of a partition is that of the next record that a poll
 * will return, records of paused partitions are not returned, after a seek or a revocation those that were held are
 * forgotten. Revocations are seen by way of a rebalance listener, so one must be given to {@code subscribe}.
 *
 * <p>Threading: as Kafka's consumer, one thread.
 */
final class ReadyConsumer extends KafkaConsumer<byte[], byte[]> {

    /** Records of a poll of Kafka's own, at most. */
    static final int SMALL_POLL = 64;

    /**
     * Records of a partition that a poll returns, at most: fewer than Kafka Streams' {@code buffered.records.per.partition},
     * so that it need not pause the partition.
     */
    static final int LARGE_POLL = 500;

    /** Records without a result that there may be at least: several batches of each model. */
    private static final int LEAST_AHEAD = 1000;

    /** Held records, with and without a result, for each that may be without: one late result holds up its partition's. */
    private static final int HELD_FOR_EACH_PENDING = 4;

    /** Keys and values of held records, which count against no other limit when their results are there. */
    private static final long MOST_HELD_BYTES = 64L << 20;

    /** How long ready records are gathered at least, and how often results are looked for while there are none. */
    private static final Duration STEP = Duration.ofMillis(5);

    /** The same where records wait in the topic anyway: fewer and larger polls cost less. */
    private static final Duration LONG_STEP = Duration.ofMillis(100);

    /** How often results are looked for while ready records are gathered. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Of the records on their way, the part that makes room worth a look. */
    private static final int PART_FOR_ROOM = 8;

    private final Arrivals arrivals;
    private final EarlyCommits commits;
    private final BooleanSupplier crowded;
    private final ReadAhead ahead;
    private final int smallPoll;
    private final HeldRecords held;

    /** Paused here while there is no room. */
    private final Set<TopicPartition> closed = new HashSet<>();

    private boolean rebalanced;

    /** Between two results of late, and when the last were returned. */
    private long nanosEach;

    private long returned = System.nanoTime();

    /**
     * @param settings of Kafka's consumer
     * @param arrivals what is polled and not processed
     * @param commits told of polls
     * @param crowded whether the engine may block whoever submits more
     * @param limits of what is held
     */
    ReadyConsumer(
            Map<String, Object> settings,
            Arrivals arrivals,
            EarlyCommits commits,
            BooleanSupplier crowded,
            Limits limits) {
        super(small(settings, limits), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.arrivals = arrivals;
        this.commits = commits;
        this.crowded = crowded;
        this.ahead = new ReadAhead(Math.min(LEAST_AHEAD, limits.pending()), limits.pending(), System::nanoTime);
        this.smallPoll = limits.smallPoll();
        this.held = new HeldRecords(arrivals, limits.patience().toNanos(), System::nanoTime);
    }

    /**
     * What a consumer holds.
     *
     * @param pending records without a result at most, however fast results come; at least 1
     * @param patience for the result of a partition's next record; after so long it is returned without
     */
    record Limits(int pending, Duration patience) {

        /** A part of what may be held, so that reading on need not wait until nothing is. */
        int smallPoll() {
            return Math.max(1, Math.min(SMALL_POLL, pending / 4));
        }
    }

    private static Map<String, Object> small(Map<String, Object> settings, Limits limits) {
        Map<String, Object> small = new HashMap<>(settings);
        small.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, limits.smallPoll());
        return small;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Set<TopicPartition> paused = paused();
        rebalanced = false;
        long begin = System.nanoTime();
        long left = timeout.toNanos();
        boolean full = true; // there may be more, so the first look does not wait
        int ready = held.ready(LARGE_POLL, paused);
        do {
            boolean room = room();
            long wait = nanosToWait(room, full, ready, left);
            ConsumerRecords<byte[], byte[]> polled = room ? pollMore(wait) : pollNothing(assignment(), wait);
            held.add(polled);
            full = polled.count() >= smallPoll;
            ready = held.ready(LARGE_POLL, paused);
            long passed = System.nanoTime() - begin;
            long step = full || !room ? LONG_STEP.toNanos() : Math.max(STEP.toNanos(), passed + untilCommit());
            long most = ready > 0 ? Math.min(step, timeout.toNanos()) : timeout.toNanos();
            left = most - passed;
        } while (left > 0 && !rebalanced && ready < LARGE_POLL);
        return handOver();
    }

    private ConsumerRecords<byte[], byte[]> handOver() {
        Set<TopicPartition> paused = paused();
        ConsumerRecords<byte[], byte[]> ready = held.take(LARGE_POLL, paused);
        if (!ready.isEmpty()) {
            long now = System.nanoTime();
            ahead.left(ready.count());
            nanosEach = (now - returned) / ready.count();
            returned = now;
            boolean more = !room() || lag() || held.ready(1, paused) > 0;
            EarlyCommits.Next next = held.isEmpty() ? EarlyCommits.Next.NONE : EarlyCommits.Next.UNDER_WAY;
            commits.polled(ready.partitions(), ready.count(), more ? EarlyCommits.Next.MORE : next);
        }
        return ready;
    }

    /** In nanoseconds; records that are processed sooner would wait as long to be committed. */
    private long untilCommit() {
        return commits.untilNext(assignment(), arrivals.pending(assignment()) == 0);
    }

    /**
     * How long Kafka's own poll waits, in nanoseconds.
     *
     * @param full whether there may be more in the topic right now
     * @param ready records that need not wait
     */
    private long nanosToWait(boolean room, boolean full, int ready, long left) {
        if (room && held.isEmpty()) {
            return left;
        }
        if (ready >= LARGE_POLL) {
            return 0;
        }
        if (!room) {
            return Math.min(left, roomNanos());
        }
        return full ? 0 : Math.min(left, (ready > 0 ? LOOK : STEP).toNanos());
    }

    /** How long to wait while there is no room: as short as the models are fast. */
    private long roomNanos() {
        long nanos = nanosEach * arrivals.pending(assignment()) / PART_FOR_ROOM;
        return Math.min(LONG_STEP.toNanos(), Math.max(STEP.toNanos(), nanos));
    }

    private boolean room() {
        return ahead.limit() - arrivals.pending(assignment()) >= smallPoll
                && held.size() < (long) HELD_FOR_EACH_PENDING * ahead.limit()
                && held.bytes() < MOST_HELD_BYTES
                && !crowded.getAsBoolean();
    }

    /** Whether records wait in the topic, as far as fetches have told. */
    private boolean lag() {
        return assignment().stream().anyMatch(partition -> currentLag(partition).orElse(0) > 0);
    }

    /**
     * What is held is still there when the offset after it is not: it is returned before the failure. Of a partition whose
     * next record waits for its schema nothing more is read, so that it leaves room to the others.
     */
    private ConsumerRecords<byte[], byte[]> pollMore(long wait) {
        List<TopicPartition> waiting =
                assignment().stream().filter(arrivals::awaitsSchema).toList();
        try {
            return waiting.isEmpty() ? super.poll(Duration.ofNanos(wait)) : pollNothing(waiting, wait);
        } catch (InvalidOffsetException e) {
            if (e.partitions().stream()
                    .allMatch(partition -> held.first(partition).isEmpty())) {
                throw e;
            }
            LockSupport.parkNanos(wait);
            return ConsumerRecords.empty();
        }
    }

    /** Polls nothing of these partitions. */
    private ConsumerRecords<byte[], byte[]> pollNothing(Collection<TopicPartition> partitions, long wait) {
        closed.addAll(partitions);
        closed.removeAll(paused());
        super.pause(closed);
        try {
            return super.poll(Duration.ofNanos(wait));
        } finally {
            closed.retainAll(assignment());
            super.resume(closed);
            closed.clear();
        }
    }

    /** Also called within a poll, by the rebalance listener: what it pauses stays paused. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        partitions.forEach(closed::remove);
        super.pause(partitions);
    }

    @Override
    public long position(TopicPartition partition) {
        OptionalLong first = held.first(partition);
        return first.isPresent() ? first.getAsLong() : super.position(partition);
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        OptionalLong first = held.first(partition);
        return first.isPresent() ? first.getAsLong() : super.position(partition, timeout);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        held.forget(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        held.forget(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(held::forget);
        super.seekToBeginning(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        partitions.forEach(held::forget);
        super.seekToEnd(partitions);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, forgetting(listener));
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, forgetting(listener));
    }

    private ConsumerRebalanceListener forgetting(ConsumerRebalanceListener listener) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                rebalanced = true;
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                rebalanced = true;
                partitions.forEach(held::forget);
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                rebalanced = true;
                partitions.forEach(held::forget);
                listener.onPartitionsLost(partitions);
            }
        };
    }
}
