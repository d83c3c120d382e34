package dev.lexstream.stream.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer has polled and not handed over: each partition's records leave in the order of their offsets, when the results
 * of all before them are there.
 *
 * <p>Threading: of the consumer's thread; engine threads only count down what is pending.
 */
final class InFlight {

    private final Duration resultTimeout;
    private final LongSupplier clock;
    private final Map<TopicPartition, Queue> queues = new HashMap<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile Thread waiter;
    private volatile int wanted;
    private int size;
    private long bytes;

    /** The records of a partition, the offset after the last, and since when the first one waits. */
    private static final class Queue {
        private final Deque<InFlightRecord> records = new ArrayDeque<>();
        private OffsetAndMetadata end;
        private long firstSince;
    }

    /**
     * Nothing in flight.
     *
     * @param resultTimeout for a partition's first record; it leaves without its result then
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    InFlight(Duration resultTimeout, LongSupplier clock) {
        this.resultTimeout = resultTimeout;
        this.clock = clock;
    }

    /** Adds what a poll returned: records with their texts attached, or only a position behind transaction markers. */
    void add(ConsumerRecords<byte[], byte[]> polled) {
        polled.nextOffsets().forEach((partition, end) -> queue(partition).end = end);
        for (TopicPartition partition : polled.partitions()) {
            Queue queue = queue(partition);
            if (queue.records.isEmpty()) {
                queue.firstSince = clock.getAsLong();
            }
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                InFlightRecord added = InFlightRecord.of(record.headers());
                queue.records.add(added);
                size++;
                bytes += added.bytes();
                pending.incrementAndGet();
                added.whenDone(this::done);
            }
            // an interceptor may have left the positions out
            if (!polled.nextOffsets().containsKey(partition)) {
                queue.end = after(queue.records.getLast().record());
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

    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** How many records are held now. */
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
        return queue == null || queue.records.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(queue.records.getFirst().record().offset());
    }

    /** Whether the schema of a partition's first record is still looked up. */
    boolean awaitsSchema(TopicPartition partition) {
        Queue queue = queues.get(partition);
        return queue != null
                && !queue.records.isEmpty()
                && queue.records.getFirst().awaitsSchema();
    }

    /** Gives up all of these partitions: they are somebody else's, or read from another offset. */
    void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Queue forgotten = queues.remove(partition);
            if (forgotten != null) {
                forgotten.records.forEach(this::left);
                forgotten.records.forEach(InFlightRecord::cancel);
            }
        }
    }

    private void left(InFlightRecord record) {
        size--;
        bytes -= record.bytes();
    }

    /** How many {@link #take} would give of the partition that has more. */
    int ready(int max, Set<TopicPartition> except) {
        int ready = 0;
        for (Map.Entry<TopicPartition, Queue> entry : queues.entrySet()) {
            if (!except.contains(entry.getKey())) {
                ready = Math.max(ready, mayLeave(entry.getValue(), max));
            }
        }
        return ready;
    }

    /**
     * Hands over what need not wait any longer.
     *
     * @param max records of a partition
     * @param except of these partitions nothing
     * @param pace told to the records
     * @return the records, with the offset of each partition's next one
     */
    ConsumerRecords<byte[], byte[]> take(int max, Set<TopicPartition> except, CommitPace pace) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (TopicPartition partition : List.copyOf(queues.keySet())) {
            Queue queue = queues.get(partition);
            if (except.contains(partition)) {
                continue;
            }
            List<ConsumerRecord<byte[], byte[]>> some = leave(queue, mayLeave(queue, max), pace);
            if (!some.isEmpty()) {
                taken.put(partition, some);
            }
            if (queue.records.isEmpty()) {
                next.put(partition, queue.end);
                queues.remove(partition);
            } else if (!some.isEmpty()) {
                ConsumerRecord<byte[], byte[]> first = queue.records.getFirst().record();
                next.put(partition, new OffsetAndMetadata(first.offset(), first.leaderEpoch(), ""));
            }
        }
        return new ConsumerRecords<>(taken, next);
    }

    /** How many records of a partition need not wait, from the first. */
    private int mayLeave(Queue queue, int max) {
        int ready = 0;
        Iterator<InFlightRecord> records = queue.records.iterator();
        while (ready < max && records.hasNext() && records.next().isDone()) {
            ready++;
        }
        return ready > 0 ? ready : Math.min(max, overdue(queue));
    }

    /**
     * One when the first record, which has no result, need not wait for it any longer. One whose schema is looked up has not
     * begun to wait.
     */
    private int overdue(Queue queue) {
        if (queue.records.isEmpty()) {
            return 0;
        }
        if (queue.records.getFirst().awaitsSchema()) {
            queue.firstSince = clock.getAsLong();
        }
        return clock.getAsLong() - queue.firstSince > resultTimeout.toNanos() ? 1 : 0;
    }

    private List<ConsumerRecord<byte[], byte[]>> leave(Queue queue, int count, CommitPace pace) {
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            InFlightRecord record = queue.records.removeFirst();
            record.handedOver(pace);
            left(record);
            some.add(record.record());
        }
        if (count > 0) {
            queue.firstSince = clock.getAsLong();
        }
        return some;
    }
}
