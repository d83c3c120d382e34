package dev.lexstream.stream.fault;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What has become of input records: which one each stream thread processes, which have failed, and what is committed. A record
 * that has failed is read again after its transaction was aborted; it is remembered across replaced stream threads until its
 * offset is committed, so that one that fails each time does not stop its partition for good.
 *
 * <p>Threading: stream threads and the threads of producers share one instance. What it tells of a thread is the calling one's.
 */
public final class RecordHistory {

    /** A record that has failed so often for no known reason becomes a dead letter. */
    static final int MAX_FAILURES = 3;

    private final Clock clock;
    private final Map<TopicPartition, NavigableMap<Long, Failure>> byPartition = new HashMap<>();

    private final ThreadLocal<StreamThread> threads = ThreadLocal.withInitial(StreamThread::new);

    /** Asked for every record, so cheaper than the lock. */
    private volatile boolean empty = true;

    /**
     * What has happened to a record.
     *
     * @param since when it failed first
     * @param failures how often for no known reason
     * @param refusals how often the broker has refused what came of it: once its output, twice its dead letter too
     * @param refusal what the broker said last
     */
    public record Failure(Instant since, int failures, int refusals, String refusal) {

        public Failure {
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(refusal, "refusal");
        }
    }

    /** A stream thread; one that replaces a failed one begins anew. */
    private static final class StreamThread {
        private RecordPosition processing;
        private boolean committed;
    }

    /** A history without records. */
    public RecordHistory(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The calling thread processes a record, and sends what comes of it, until it processes another. */
    public void processing(RecordPosition record) {
        threads.get().processing = record;
    }

    /** The record that the calling thread processes or has processed last; empty before the first. */
    Optional<RecordPosition> processing() {
        return Optional.ofNullable(threads.get().processing);
    }

    /** Whether the calling thread has committed offsets in its life. */
    boolean hasCommitted() {
        return threads.get().committed;
    }

    /** A record has failed for a reason that passes, or that is not its own. */
    public void failed(RecordPosition record) {
        update(record, 0, 0, "");
    }

    /** A record has failed for no known reason; gives how often by now. */
    int failedUnclassified(RecordPosition record) {
        return update(record, 1, 0, "").failures();
    }

    /** The broker has refused what came of a record. */
    void refused(RecordPosition record, String message) {
        update(record, 0, 1, message == null ? "no message" : message);
    }

    private synchronized Failure update(RecordPosition record, int failures, int refusals, String refusal) {
        NavigableMap<Long, Failure> failed =
                byPartition.computeIfAbsent(record.partition(), partition -> new TreeMap<>());
        Failure before = failed.getOrDefault(record.offset(), new Failure(clock.instant(), 0, 0, ""));
        Failure after = new Failure(
                before.since(),
                before.failures() + failures,
                before.refusals() + refusals,
                refusal.isEmpty() ? before.refusal() : refusal);
        failed.put(record.offset(), after);
        empty = false;
        return after;
    }

    /** What has happened to a record before; empty when nothing has. */
    public Optional<Failure> of(RecordPosition record) {
        if (empty) {
            return Optional.empty();
        }
        synchronized (this) {
            return Optional.ofNullable(byPartition.get(record.partition())).map(failed -> failed.get(record.offset()));
        }
    }

    /** The calling thread has committed these offsets: the records before them are forgotten. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        threads.get().committed = true;
        if (empty) {
            return;
        }
        synchronized (this) {
            offsets.forEach((partition, next) -> byPartition.computeIfPresent(partition, (key, failed) -> {
                failed.headMap(next.offset()).clear();
                return failed.isEmpty() ? null : failed;
            }));
            empty = byPartition.isEmpty();
        }
    }
}
