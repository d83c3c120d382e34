package dev.lexstream.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that are polled and wait for their results. Each partition's leave in the order of their offsets, when the
 * results of all before them are there.
 *
 * <p>Threading: not thread-safe.
 */
final class HeldRecords {

    private final Arrivals arrivals;
    private final long patienceNanos;
    private final LongSupplier clock;
    private final Map<TopicPartition, Queue> queues = new HashMap<>();
    private int size;

    /** The records of a partition, the offset after the last, and since when the first has been the first. */
    private static final class Queue {
        private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private OffsetAndMetadata end;
        private long firstSince;
    }

    /**
     * @param arrivals knows which results are there
     * @param patienceNanos for the result of a partition's first record, which leaves without it then
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    HeldRecords(Arrivals arrivals, long patienceNanos, LongSupplier clock) {
        this.arrivals = arrivals;
        this.patienceNanos = patienceNanos;
        this.clock = clock;
    }

    /** Adds what a poll returned, records or only a position behind transaction markers. */
    void add(ConsumerRecords<byte[], byte[]> polled) {
        polled.nextOffsets().forEach((partition, end) -> {
            Queue queue = queues.computeIfAbsent(partition, key -> new Queue());
            if (queue.records.isEmpty()) {
                queue.firstSince = clock.getAsLong();
            }
            queue.records.addAll(polled.records(partition));
            size += polled.records(partition).size();
            queue.end = end;
        });
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** How many are held now. */
    int size() {
        return size;
    }

    /** The offset of a partition's first record here. */
    OptionalLong first(TopicPartition partition) {
        Queue queue = queues.get(partition);
        return queue == null || queue.records.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(queue.records.getFirst().offset());
    }

    /** Forgets all of a partition: it is somebody else's, or read from another offset. */
    void forget(TopicPartition partition) {
        Queue forgotten = queues.remove(partition);
        size -= forgotten == null ? 0 : forgotten.records.size();
    }

    /** Whether {@link #take} would give records. */
    boolean ready(Set<TopicPartition> except) {
        return queues.entrySet().stream()
                .anyMatch(
                        entry -> !except.contains(entry.getKey()) && mayLeave(entry.getKey(), entry.getValue(), 1) > 0);
    }

    /**
     * Hands over what need not wait any longer.
     *
     * @param most of a partition
     * @param except of these partitions nothing
     * @return the records, with the offset of each partition's next one
     */
    ConsumerRecords<byte[], byte[]> take(int most, Set<TopicPartition> except) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (TopicPartition partition : List.copyOf(queues.keySet())) {
            Queue queue = queues.get(partition);
            if (except.contains(partition)) {
                continue;
            }
            List<ConsumerRecord<byte[], byte[]>> some = leave(queue, mayLeave(partition, queue, most));
            if (!some.isEmpty()) {
                taken.put(partition, some);
            }
            if (queue.records.isEmpty()) {
                next.put(partition, queue.end);
                queues.remove(partition);
            } else if (!some.isEmpty()) {
                ConsumerRecord<byte[], byte[]> first = queue.records.getFirst();
                next.put(partition, new OffsetAndMetadata(first.offset(), first.leaderEpoch(), ""));
            }
        }
        return new ConsumerRecords<>(taken, next);
    }

    /** How many records of a partition need not wait, from the first. */
    private int mayLeave(TopicPartition partition, Queue queue, int most) {
        long pending = arrivals.firstPending(partition).orElse(Long.MAX_VALUE);
        int ready = 0;
        Iterator<ConsumerRecord<byte[], byte[]>> records = queue.records.iterator();
        while (ready < most && records.hasNext() && records.next().offset() < pending) {
            ready++;
        }
        boolean overdue = !queue.records.isEmpty() && clock.getAsLong() - queue.firstSince > patienceNanos;
        return ready == 0 && overdue ? 1 : ready;
    }

    private List<ConsumerRecord<byte[], byte[]>> leave(Queue queue, int count) {
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            some.add(queue.records.removeFirst());
        }
        size -= count;
        if (count > 0) {
            queue.firstSince = clock.getAsLong();
        }
        return some;
    }
}
