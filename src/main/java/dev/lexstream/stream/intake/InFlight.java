package dev.lexstream.stream.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer has polled and Kafka Streams has not processed. A record is held until its result is there; each partition's
 * records are handed over in the order of their offsets.
 *
 * <p>Threading: of the consumer's thread; engine threads only count down what is pending.
 */
final class InFlight {

    private final Duration resultTimeout;
    private final LongSupplier clock;
    private final CommitPace pace;
    private final Map<TopicPartition, Queue> queues = new HashMap<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile Thread waiter;
    private volatile int wanted;
    private int size;
    private long bytes;
    private int unprocessed;

    /** A partition. */
    static final class Queue {
        private final Deque<InFlightRecord> held = new ArrayDeque<>();

        /** After the last record that was polled; null when it was handed over. */
        private OffsetAndMetadata end;

        /** Since when the first held record waits, in nanoseconds of the clock. */
        private long firstSince;

        /** Records that were handed over and are not processed. */
        private int unprocessed;

        /** Whether the partition is somebody else's, or read from another offset. */
        private boolean forgotten;
    }

    /**
     * Nothing in flight.
     *
     * @param resultTimeout for a partition's first record; it leaves without its result then
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     * @param pace knows whether to commit when all that was handed over is processed
     */
    InFlight(Duration resultTimeout, LongSupplier clock, CommitPace pace) {
        this.resultTimeout = resultTimeout;
        this.clock = clock;
        this.pace = pace;
    }

    /** Adds what a poll returned: records with their texts attached, or only a position behind transaction markers. */
    void add(ConsumerRecords<byte[], byte[]> polled) {
        polled.nextOffsets().forEach((partition, end) -> queue(partition).end = end);
        for (TopicPartition partition : polled.partitions()) {
            Queue queue = queue(partition);
            if (queue.held.isEmpty()) {
                queue.firstSince = clock.getAsLong();
            }
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                InFlightRecord added = InFlightRecord.of(record.headers());
                added.heldIn(this, queue);
                queue.held.add(added);
                size++;
                bytes += added.bytes();
                pending.incrementAndGet();
                added.whenDone(this::done);
            }
            // an interceptor may have left the positions out
            if (!polled.nextOffsets().containsKey(partition)) {
                queue.end = after(queue.held.getLast().record());
            }
        }
    }

    private void done() {
        int left = pending.decrementAndGet();
        Thread waiting = waiter;
        if (waiting != null && left <= wanted) {
            LockSupport.unpark(waiting);
        }
    }

    private Queue queue(TopicPartition partition) {
        return queues.computeIfAbsent(partition, key -> new Queue());
    }

    private static OffsetAndMetadata after(ConsumerRecord<byte[], byte[]> record) {
        return new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), "");
    }

    /** Whether no record is held. */
    boolean isEmpty() {
        return size == 0;
    }

    /** How many records are held. */
    int size() {
        return size;
    }

    /** Bytes of their keys and values. */
    long bytes() {
        return bytes;
    }

    /** How many records wait for results. */
    int pending() {
        return pending.get();
    }

    /** Waits until so few records wait for results, but no longer than so many nanoseconds. */
    void awaitPending(int max, long nanos) {
        wanted = max;
        waiter = Thread.currentThread();
        if (pending.get() > max) {
            LockSupport.parkNanos(this, nanos);
        }
        waiter = null;
    }

    /** The offset of a partition's first record here. */
    OptionalLong first(TopicPartition partition) {
        Queue queue = queues.get(partition);
        return queue == null || queue.held.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(queue.held.getFirst().record().offset());
    }

    /** Whether the schema of a partition's first record is still looked up. */
    boolean awaitsSchema(TopicPartition partition) {
        Queue queue = queues.get(partition);
        return queue != null && !queue.held.isEmpty() && queue.held.getFirst().awaitsSchema();
    }

    /** Gives up all of these partitions: they are somebody else's, or read from another offset. */
    void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Queue forgotten = queues.remove(partition);
            if (forgotten != null) {
                forgotten.forgotten = true;
                unprocessed -= forgotten.unprocessed;
                forgotten.held.forEach(this::left);
                forgotten.held.forEach(InFlightRecord::cancel);
            }
        }
    }

    private void left(InFlightRecord record) {
        size--;
        bytes -= record.bytes();
    }

    /** Whether {@link #take} would give a record. */
    boolean hasReady(Set<TopicPartition> except) {
        return queues.entrySet().stream()
                .anyMatch(entry -> !except.contains(entry.getKey()) && mayLeave(entry.getValue()));
    }

    /**
     * Hands over what need not wait any longer.
     *
     * @param except of these partitions nothing
     * @return the records, with the offset of each partition's next one
     */
    ConsumerRecords<byte[], byte[]> take(Set<TopicPartition> except) {
        return take(except, this::takeReady);
    }

    /** Hands over positions behind transaction markers, where no record is held before them. */
    ConsumerRecords<byte[], byte[]> takePositions(Set<TopicPartition> except) {
        return take(except, queue -> List.of());
    }

    private ConsumerRecords<byte[], byte[]> take(
            Set<TopicPartition> except, Function<Queue, List<ConsumerRecord<byte[], byte[]>>> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        queues.forEach((partition, queue) -> {
            if (!except.contains(partition)) {
                List<ConsumerRecord<byte[], byte[]>> some = records.apply(queue);
                if (!some.isEmpty()) {
                    taken.put(partition, some);
                }
                if (queue.held.isEmpty() && queue.end != null) {
                    next.put(partition, queue.end);
                    queue.end = null;
                } else if (!some.isEmpty()) {
                    ConsumerRecord<byte[], byte[]> first = queue.held.getFirst().record();
                    next.put(partition, new OffsetAndMetadata(first.offset(), first.leaderEpoch(), ""));
                }
            }
        });
        return new ConsumerRecords<>(taken, next);
    }

    /** Notes that a record of a partition is processed; gives whether the thread should commit now. */
    boolean processed(Queue queue) {
        if (queue.forgotten) {
            return false;
        }
        queue.unprocessed--;
        return --unprocessed == 0 && pace.commits();
    }

    /**
     * Whether a partition's first record need not wait any longer, with a result or without. One whose schema is looked up has
     * not begun to wait.
     */
    private boolean mayLeave(Queue queue) {
        if (queue.held.isEmpty()) {
            return false;
        }
        InFlightRecord first = queue.held.getFirst();
        if (first.awaitsSchema()) {
            queue.firstSince = clock.getAsLong();
        }
        return first.isDone() || clock.getAsLong() - queue.firstSince > resultTimeout.toNanos();
    }

    /** The next record starts to wait when the one before it has left, so that one at most leaves without a result. */
    private List<ConsumerRecord<byte[], byte[]>> takeReady(Queue queue) {
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
        while (mayLeave(queue)) {
            InFlightRecord record = queue.held.removeFirst();
            left(record);
            some.add(record.record());
            queue.firstSince = clock.getAsLong();
        }
        queue.unprocessed += some.size();
        unprocessed += some.size();
        return some;
    }
}
