package dev.lexstream.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds arrivals between the poll that returned a record and the processing of that record.
 *
 * <p>An arrival is only given for the very record it was put for: same topic, partition and offset and the same array as
 * value, which Kafka Streams passes on uncopied. So no rewind, reassignment, recreated topic or other interceptor can
 * make one record get another's result; the worst is a miss, and the record is then decoded and submitted again.
 *
 * <p>Memory is bounded by what {@link ReadyConsumer}, or Kafka's own consumer, has polled and Kafka Streams has not
 * processed: taking an offset drops those below it, a poll that does not continue where the last one ended drops what came
 * before, and a partition given up drops all of its own. Dropped arrivals are cancelled.
 *
 * <p>Threading: stream threads share one instance. At any time one of them owns a partition, so that puts and takes of a
 * partition come in the order of offsets; one that lost a partition without knowing it can only cause misses.
 */
final class Arrivals {

    private final Map<TopicPartition, Queue> byPartition = new ConcurrentHashMap<>();

    /** How many wait for a schema: none nearly always, so that nobody need look through a queue for them. */
    private final AtomicInteger awaitingSchema = new AtomicInteger();

    /** The arrivals of a partition, by offset, and how many of them wait for results; never without an entry. */
    private record Queue(Deque<Entry> entries, AtomicInteger pending) {
        Queue() {
            this(new ArrayDeque<>(), new AtomicInteger());
        }

        void addFirstPending(List<Entry> found) {
            if (pending.get() > 0) {
                for (Entry entry : entries) {
                    if (!entry.arrival().isDone()) {
                        found.add(entry);
                        return;
                    }
                }
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by identity on purpose
    private record Entry(long offset, byte[] value, Arrival arrival) {
        boolean isFor(long wanted, byte[] wantedValue) {
            return offset == wanted && value == wantedValue;
        }
    }

    /** Keeps what became of a polled record. */
    void put(TopicPartition partition, long offset, byte[] value, Arrival arrival) {
        if (arrival instanceof Arrival.Awaited awaited) {
            awaitingSchema.incrementAndGet();
            awaited.known().whenComplete((known, failure) -> awaitingSchema.decrementAndGet());
        }
        List<Entry> dropped = new ArrayList<>();
        byPartition.compute(partition, (key, found) -> {
            Queue queue = found == null ? new Queue() : found;
            if (!queue.entries().isEmpty()
                    && offset <= queue.entries().getLast().offset()) {
                dropped.addAll(queue.entries());
                queue = new Queue();
            }
            queue.entries().addLast(new Entry(offset, value, arrival));
            AtomicInteger pending = queue.pending();
            pending.incrementAndGet();
            arrival.whenDone(pending::decrementAndGet);
            return queue;
        });
        cancel(dropped);
    }

    /** Removes and returns what became of a record that is now processed; empty when that is not known. */
    Optional<Arrival> take(TopicPartition partition, long offset, byte[] value) {
        List<Entry> dropped = new ArrayList<>();
        List<Entry> taken = new ArrayList<>(1);
        byPartition.computeIfPresent(partition, (key, queue) -> {
            Deque<Entry> entries = queue.entries();
            while (!entries.isEmpty() && entries.getFirst().offset() <= offset) {
                Entry first = entries.removeFirst();
                (first.isFor(offset, value) ? taken : dropped).add(first);
            }
            return entries.isEmpty() ? null : queue;
        });
        cancel(dropped);
        return taken.isEmpty() ? Optional.empty() : Optional.of(taken.get(0).arrival());
    }

    /** The offset of a partition's first record that waits for results; empty when none does. */
    OptionalLong firstPending(TopicPartition partition) {
        List<Entry> first = pendingEntry(partition);
        return first.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(first.get(0).offset());
    }

    /** Whether the schema of a partition's first record that waits is still looked for. */
    boolean awaitsSchema(TopicPartition partition) {
        if (awaitingSchema.get() == 0) {
            return false;
        }
        List<Entry> first = pendingEntry(partition);
        return !first.isEmpty() && first.get(0).arrival().awaitsSchema();
    }

    private List<Entry> pendingEntry(TopicPartition partition) {
        List<Entry> first = new ArrayList<>(1);
        byPartition.computeIfPresent(partition, (key, queue) -> {
            queue.addFirstPending(first);
            return queue;
        });
        return first;
    }

    /** Drops all of a partition. */
    void drop(TopicPartition partition) {
        Queue queue = byPartition.remove(partition);
        if (queue != null) {
            cancel(queue.entries());
        }
    }

    /** How many are held now. */
    int size() {
        return byPartition.values().stream()
                .mapToInt(queue -> queue.entries().size())
                .sum();
    }

    /** How many of these partitions wait for results. */
    int pending(Collection<TopicPartition> partitions) {
        int pending = 0;
        for (TopicPartition partition : partitions) {
            Queue queue = byPartition.get(partition);
            pending += queue == null ? 0 : queue.pending().get();
        }
        return pending;
    }

    private static void cancel(Iterable<Entry> entries) {
        entries.forEach(entry -> entry.arrival().cancel());
    }
}
