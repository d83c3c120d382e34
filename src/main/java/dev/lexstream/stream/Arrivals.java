package dev.lexstream.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>Memory is bounded by what polls returned and Kafka Streams has not processed, for each partition
 * {@code buffered.records.per.partition} and a poll: taking an offset drops those below it,
 * a poll that does not continue where the last one ended drops what came before, and a partition given up drops all of
 * its own. Dropped arrivals are cancelled.
 *
 * <p>Threading: stream threads share one instance. At any time one of them owns a partition, so that puts and takes of a
 * partition come in the order of offsets; one that lost a partition without knowing it can only cause misses.
 */
final class Arrivals {

    private final Map<TopicPartition, Deque<Entry>> byPartition = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // compared by identity on purpose
    private record Entry(long offset, byte[] value, Arrival arrival) {
        boolean isFor(long wanted, byte[] wantedValue) {
            return offset == wanted && value == wantedValue;
        }
    }

    /** Keeps what became of a polled record. */
    void put(TopicPartition partition, long offset, byte[] value, Arrival arrival) {
        List<Entry> dropped = new ArrayList<>();
        byPartition.compute(partition, (key, found) -> {
            Deque<Entry> entries = found == null ? new ArrayDeque<>() : found;
            if (!entries.isEmpty() && offset <= entries.getLast().offset()) {
                dropped.addAll(entries);
                entries.clear();
            }
            entries.addLast(new Entry(offset, value, arrival));
            return entries;
        });
        cancel(dropped);
    }

    /** Removes and returns what became of a record that is now processed; empty when that is not known. */
    Optional<Arrival> take(TopicPartition partition, long offset, byte[] value) {
        List<Entry> dropped = new ArrayList<>();
        List<Entry> taken = new ArrayList<>(1);
        byPartition.computeIfPresent(partition, (key, entries) -> {
            while (!entries.isEmpty() && entries.getFirst().offset() <= offset) {
                Entry first = entries.removeFirst();
                (first.isFor(offset, value) ? taken : dropped).add(first);
            }
            return entries.isEmpty() ? null : entries;
        });
        cancel(dropped);
        return taken.stream().map(Entry::arrival).findFirst();
    }

    /** Drops all of a partition. */
    void drop(TopicPartition partition) {
        Deque<Entry> entries = byPartition.remove(partition);
        if (entries != null) {
            cancel(entries);
        }
    }

    /** How many are held now. */
    int size() {
        return byPartition.values().stream().mapToInt(Deque::size).sum();
    }

    /** How many are held of these partitions; exact for the thread that owns them. */
    int size(Collection<TopicPartition> partitions) {
        int size = 0;
        for (TopicPartition partition : partitions) {
            Deque<Entry> entries = byPartition.get(partition);
            size += entries == null ? 0 : entries.size();
        }
        return size;
    }

    /** How many of these partitions still wait for results. */
    int pending(Collection<TopicPartition> partitions) {
        AtomicInteger pending = new AtomicInteger();
        for (TopicPartition partition : partitions) {
            byPartition.computeIfPresent(partition, (key, entries) -> {
                for (Entry entry : entries) {
                    pending.addAndGet(entry.arrival().isDone() ? 0 : 1);
                }
                return entries;
            });
        }
        return pending.get();
    }

    private static void cancel(Iterable<Entry> entries) {
        entries.forEach(entry -> entry.arrival().cancel());
    }
}
