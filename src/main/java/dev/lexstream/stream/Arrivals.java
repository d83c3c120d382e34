package dev.lexstream.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds arrivals between the poll that returned a record and the processing of that record.
 *
 * <p>An arrival is only given for the very record it was put for: same topic, partition and offset and the same array as
 * value, which Kafka Streams passes on uncopied. So no rewind, reassignment, recreated topic or other interceptor can
 * make one record get another's result; the worst is a miss, and the record is then decoded and submitted again.
 *
 * <p>Memory is bounded by what polls returned and Kafka Streams has not processed: taking an offset drops those below it,
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

    private static void cancel(Iterable<Entry> entries) {
        entries.forEach(entry -> entry.arrival().cancel());
    }
}
