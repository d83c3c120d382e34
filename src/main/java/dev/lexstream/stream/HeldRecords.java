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
    private long bytes;

    /** The records of a partition, the offset after the last, and since when the first one waits. */
    private static final class Queue {
        private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private OffsetAndMetadata end;
        private long firstSince;
    }

    /**
     * @param arrivals knows which results are there
     * @param patienceNanos for the result of a partition's first record; it leaves without one then
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    HeldRecords(Arrivals arrivals, long patienceNanos, LongSupplier clock) {
        this.arrivals = arrivals;
        this.patienceNanos = patienceNanos;
        this.clock = clock;
    }

    /** Adds what a poll returned, records or only a position behind transaction markers. */
    void add(ConsumerRecords<byte[], byte[]> polled) {
        polled.nextOffsets().forEach((partition, end) -> queue(partition).end = end);
        for (TopicPartition partition : polled.partitions()) {
            Queue queue = queue(partition);
            if (queue.records.isEmpty()) {
                queue.firstSince = clock.getAsLong();
            }
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                queue.records.add(record);
                size++;
                bytes += bytes(record);
            }
            // an interceptor may have left the positions out
            if (!polled.nextOffsets().containsKey(partition) && !queue.records.isEmpty()) {
                ConsumerRecord<byte[], byte[]> last = queue.records.getLast();
                queue.end = new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), "");
            }
        }
    }

    private Queue queue(TopicPartition partition) {
        return queues.computeIfAbsent(partition, key -> new Queue());
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** How many are held now. */
    int size() {
        return size;
    }

    /** Bytes of their keys and values. */
    long bytes() {
        return bytes;
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
        if (forgotten != null) {
            forgotten.records.forEach(this::left);
        }
    }

    private void left(ConsumerRecord<byte[], byte[]> record) {
        size--;
        bytes -= bytes(record);
    }

    /** How many {@link #take} would give of the partition with most. */
    int ready(int most, Set<TopicPartition> except) {
        int ready = 0;
        for (Map.Entry<TopicPartition, Queue> entry : queues.entrySet()) {
            if (!except.contains(entry.getKey())) {
                ready = Math.max(ready, mayLeave(entry.getKey(), entry.getValue(), most));
            }
        }
        return ready;
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
        int ready = withResults(partition, queue, most);
        return ready > 0 ? ready : overdue(partition, queue);
    }

    /**
     * One when the first record, which has no result, need not wait for it any longer. One whose schema is looked for has
     * not begun to wait.
     */
    private int overdue(TopicPartition partition, Queue queue) {
        if (arrivals.awaitsSchema(partition)) {
            queue.firstSince = clock.getAsLong();
        }
        return !queue.records.isEmpty() && clock.getAsLong() - queue.firstSince > patienceNanos ? 1 : 0;
    }

    private int withResults(TopicPartition partition, Queue queue, int most) {
        long pending = arrivals.firstPending(partition).orElse(Long.MAX_VALUE);
        int ready = 0;
        Iterator<ConsumerRecord<byte[], byte[]>> records = queue.records.iterator();
        while (ready < most && records.hasNext() && records.next().offset() < pending) {
            ready++;
        }
        return ready;
    }

    private List<ConsumerRecord<byte[], byte[]>> leave(Queue queue, int count) {
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            some.add(queue.records.removeFirst());
        }
        if (count > 0) {
            queue.firstSince = clock.getAsLong();
        }
        some.forEach(this::left);
        return some;
    }
}
