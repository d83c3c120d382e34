package dev.lexstream.stream.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer whose polls return a record when its results are ready. It polls Kafka's own consumer, submits what that returns to
 * the models, and holds what is not ready. So a stream thread never waits for a model: it polls all the time, takes part in
 * rebalances, commits and stops at once, and fresh records reach the models while it has results to write.
 *
 * <p>To Kafka Streams this is a consumer like others. The position of a partition is that of the next record that a poll will
 * return. Records of paused partitions are not returned. After a seek or a revocation the records that were held are given up.
 *
 * <p>Threading: as Kafka's consumer, one thread.
 */
public final class ReadyConsumer extends ForwardingConsumer {

    /** Held records, with and without a result, for each that may be without: one late result holds up its partition's. */
    private static final int HELD_PER_PENDING = 4;

    /** Keys and values of held records, which count against no other limit when their results are there. */
    private static final long MAX_HELD_BYTES = 64L << 20;

    /** How often results are looked for while records may arrive too. */
    private static final Duration STEP = Duration.ofMillis(5);

    private final Intake intake;
    private final BooleanSupplier nearlyFull;
    private final Limits limits;
    private final Consumer<Map<TopicPartition, OffsetAndMetadata>> committed;
    private final CommitPace pace;
    private final InFlight inFlight;

    /** Paused here while nothing of them is to be read. */
    private final Set<TopicPartition> closed = new HashSet<>();

    private boolean rebalanced;

    /**
     * A consumer that holds nothing.
     *
     * @param kafka Kafka's own; closed with this one
     * @param intake submits what is polled
     * @param nearlyFull whether submitting more texts to the engine may block
     * @param limits of what is held
     * @param committed told of offsets that are committed outside of transactions
     */
    public ReadyConsumer(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> kafka,
            Intake intake,
            BooleanSupplier nearlyFull,
            Limits limits,
            Consumer<Map<TopicPartition, OffsetAndMetadata>> committed) {
        super(kafka);
        this.intake = Objects.requireNonNull(intake, "intake");
        this.nearlyFull = Objects.requireNonNull(nearlyFull, "nearlyFull");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.committed = Objects.requireNonNull(committed, "committed");
        this.pace = new CommitPace(limits.commitInterval(), System::nanoTime);
        this.inFlight = new InFlight(limits.resultTimeout(), System::nanoTime, pace);
    }

    /**
     * What a consumer holds.
     *
     * @param maxPending records without a result, at most; more than {@code pollSize}
     * @param pollSize records of a poll of Kafka's own consumer, at most
     * @param resultTimeout for a partition's next record; it is returned without its result then
     * @param commitInterval how long results wait at most to be committed; zero where they can be read without
     */
    public record Limits(int maxPending, int pollSize, Duration resultTimeout, Duration commitInterval) {
        public Limits {
            Objects.requireNonNull(resultTimeout, "resultTimeout");
            Objects.requireNonNull(commitInterval, "commitInterval");
            if (pollSize < 1 || maxPending < pollSize) {
                throw new IllegalArgumentException(
                        "maxPending must be at least pollSize, at least 1, found " + maxPending + " and " + pollSize);
            }
        }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        rebalanced = false;
        long end = System.nanoTime() + timeout.toNanos();
        long left = timeout.toNanos();
        boolean due = isHandOverDue();
        do {
            inFlight.add(pollKafka(due ? 0 : left));
            due = isHandOverDue();
            left = end - System.nanoTime();
        } while (!due && left > 0 && !rebalanced);
        return due ? handOver() : inFlight.takePositions(paused());
    }

    private boolean isHandOverDue() {
        return pace.untilNext(isResting()) == 0 && inFlight.hasReady(paused());
    }

    private ConsumerRecords<byte[], byte[]> handOver() {
        ConsumerRecords<byte[], byte[]> ready = inFlight.take(paused());
        if (!ready.isEmpty()) {
            pace.handedOver(isResting(), !hasRoom() || hasLag());
        }
        return ready;
    }

    /** Whether all that is held is ready. */
    private boolean isResting() {
        return inFlight.pending() == 0;
    }

    /** Whether records wait in the topic, as far as fetches have told. */
    private boolean hasLag() {
        return assignment().stream().anyMatch(partition -> currentLag(partition).orElse(0) > 0);
    }

    private boolean hasRoom() {
        return inFlight.pending() <= limits.maxPending() - limits.pollSize()
                && inFlight.size() < (long) HELD_PER_PENDING * limits.maxPending()
                && inFlight.bytes() < MAX_HELD_BYTES
                && !nearlyFull.getAsBoolean();
    }

    /** Polls Kafka's own consumer, after waiting for room or for records, and submits what it returns. */
    private ConsumerRecords<byte[], byte[]> pollKafka(long left) {
        // even where nothing is to be read, a poll that assigns partitions may return records of these
        ConsumerRecords<byte[], byte[]> polled = hasRoom() ? pollMore(left) : pollNothing(left);
        if (!polled.isEmpty()) {
            intake.submit(polled);
        }
        return polled;
    }

    /** Of a partition whose next record waits for its schema nothing more is read: that leaves room to the others. */
    private ConsumerRecords<byte[], byte[]> pollMore(long left) {
        long wait = inFlight.isEmpty() ? left : untilHandOver(!hasLag(), left);
        List<TopicPartition> waiting =
                assignment().stream().filter(inFlight::awaitsSchema).toList();
        try {
            return waiting.isEmpty() ? kafka().poll(Duration.ofNanos(wait)) : pollPausing(waiting, wait);
        } catch (InvalidOffsetException e) {
            requireNothingHeld(e);
            LockSupport.parkNanos(wait);
            return ConsumerRecords.empty();
        }
    }

    /** Waits for results, and takes part in rebalances. */
    private ConsumerRecords<byte[], byte[]> pollNothing(long left) {
        inFlight.awaitPending(limits.maxPending() - limits.pollSize(), untilHandOver(false, left));
        return pollPausing(assignment(), 0);
    }

    /** What is held is still there when the offset after it is not: it is returned before the failure. */
    private void requireNothingHeld(InvalidOffsetException failure) {
        if (failure.partitions().stream()
                .allMatch(partition -> inFlight.first(partition).isEmpty())) {
            throw failure;
        }
    }

    /** How long nothing need be looked for, in nanoseconds; {@code mayRest} when the last results may come any time. */
    private long untilHandOver(boolean mayRest, long left) {
        return Math.min(left, Math.max(STEP.toNanos(), pace.untilNext(mayRest)));
    }

    /** Polls nothing of these partitions. */
    private ConsumerRecords<byte[], byte[]> pollPausing(Collection<TopicPartition> partitions, long wait) {
        closed.addAll(partitions);
        closed.removeAll(paused());
        kafka().pause(closed);
        try {
            return kafka().poll(Duration.ofNanos(wait));
        } finally {
            closed.retainAll(assignment());
            kafka().resume(closed);
            closed.clear();
        }
    }

    /** Also called within a poll, by the rebalance listener: what it pauses stays paused. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        partitions.forEach(closed::remove);
        kafka().pause(partitions);
    }

    @Override
    public long position(TopicPartition partition) {
        OptionalLong first = inFlight.first(partition);
        return first.isPresent() ? first.getAsLong() : kafka().position(partition);
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        OptionalLong first = inFlight.first(partition);
        return first.isPresent() ? first.getAsLong() : kafka().position(partition, timeout);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        inFlight.forget(List.of(partition));
        kafka().seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        inFlight.forget(List.of(partition));
        kafka().seek(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        inFlight.forget(partitions);
        kafka().seekToBeginning(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        inFlight.forget(partitions);
        kafka().seekToEnd(partitions);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        kafka().commitSync(offsets);
        committed.accept(offsets);
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        inFlight.forget(assignment());
        kafka().assign(partitions);
    }

    @Override
    public void unsubscribe() {
        inFlight.forget(assignment());
        kafka().unsubscribe();
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        kafka().subscribe(topics, forgetting(listener));
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        kafka().subscribe(topics, forgetting(listener));
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
                inFlight.forget(partitions);
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                rebalanced = true;
                inFlight.forget(partitions);
                listener.onPartitionsLost(partitions);
            }
        };
    }
}
