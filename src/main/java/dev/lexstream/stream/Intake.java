package dev.lexstream.stream;

import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.event.TextEvent;
import dev.lexstream.plan.Enricher;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records become texts on their way: all records of a poll at once, so that the models see them together, or one at
 * a time for those that no poll has submitted.
 *
 * <p>Threading: one instance serves all stream threads of an application.
 */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final EventDecoder decoder;
    private final Enricher enricher;
    private final Clock clock;
    private final Arrivals arrivals;
    private final EarlyCommits commits;
    private final SchemaLookups lookups;
    private final FailedRecords failed;
    private final StreamThreads threads;
    private final LongAdder polls = new LongAdder();
    private final LongAdder failedPolls = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * An intake with nothing in it.
     *
     * @param decoder reads the values of records
     * @param enricher sends texts through the models; blocks while it is full
     * @param clock tells when records are received
     * @param arrivals holds what is polled and not processed
     * @param commits asked when a record is processed
     * @param lookups looks up the schemas of values that are not known yet
     * @param failed told of records that an outage of the registry holds up, and of commits
     * @param threads told of commits
     */
    Intake(
            EventDecoder decoder,
            Enricher enricher,
            Clock clock,
            Arrivals arrivals,
            EarlyCommits commits,
            SchemaLookups lookups,
            FailedRecords failed,
            StreamThreads threads) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.enricher = Objects.requireNonNull(enricher, "enricher");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.arrivals = Objects.requireNonNull(arrivals, "arrivals");
        this.commits = Objects.requireNonNull(commits, "commits");
        this.lookups = Objects.requireNonNull(lookups, "lookups");
        this.failed = Objects.requireNonNull(failed, "failed");
        this.threads = Objects.requireNonNull(threads, "threads");
    }

    /**
     * Decodes and submits what a poll returned, waiting for room in the engine. Never throws: records that cannot be
     * submitted now are left to be taken one at a time, where a failure reaches the stream thread. Restores the interrupt
     * flag.
     */
    void prefetch(ConsumerRecords<byte[], byte[]> polled) {
        polls.increment();
        try {
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                Arrival arrival = arrive(InputRecords.of(record));
                arrivals.put(
                        new TopicPartition(record.topic(), record.partition()),
                        record.offset(),
                        record.value(),
                        arrival);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failedPolls.increment();
        } catch (RuntimeException | StackOverflowError e) {
            // most likely the registry or the engine: trying the other records too would only take longer
            failedPolls.increment();
            LOG.warn("Records of a poll could not be submitted together: {}", e.toString());
        }
    }

    /**
     * The text of a record that is now processed.
     *
     * @param record with the arrays that the poll returned
     * @throws UndecodableEventException when it holds none, a data error
     * @throws RuntimeException when it cannot be known now, an infrastructure error
     */
    PendingText take(InputRecord record) {
        Optional<Arrival> prefetched = arrivals.take(partition(record), record.offset(), record.value());
        (prefetched.isPresent() ? hits : misses).increment();
        try {
            return (prefetched.isPresent() ? prefetched.get() : arrive(record)).text();
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while waiting for room in the inference engine", e);
        }
    }

    /** Gives up what is on its way for a record that is now processed, and of no use. */
    void discard(TopicPartition partition, long offset, byte[] value) {
        arrivals.take(partition, offset, value).ifPresent(Arrival::cancel);
    }

    /** Says that the calling stream thread has committed offsets outside a transaction. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        threads.committed();
        failed.committed(offsets);
    }

    /** Says that a record has become an output record or a dead letter; gives whether to commit now. */
    boolean processed(TopicPartition partition) {
        return commits.processed(partition);
    }

    /** Gives up what is on its way for a partition that somebody else reads from now on, or that is read again. */
    void drop(TopicPartition partition) {
        arrivals.drop(partition);
        commits.drop(partition);
    }

    /** Counts up to now. */
    public PrefetchStats stats() {
        return new PrefetchStats(polls.sum(), failedPolls.sum(), hits.sum(), misses.sum(), arrivals.size());
    }

    /** Asks no registry: a record whose schema has to be looked up arrives later. */
    private Arrival arrive(InputRecord record) throws InterruptedException {
        OptionalInt schema = decoder.unknownSchema(record.value());
        if (schema.isEmpty()) {
            return decode(record);
        }
        return lookups.await(
                schema.getAsInt(),
                () -> decode(record),
                () -> failed.failed(new RecordPosition(partition(record), record.offset())));
    }

    private Arrival decode(InputRecord record) throws InterruptedException {
        TextEvent event;
        try {
            event = decoder.decode(record);
        } catch (UndecodableEventException e) {
            return new Arrival.Failed(e);
        }
        return new Arrival.Submitted(new PendingText(event, enricher.enrich(event), clock.instant()));
    }

    private static TopicPartition partition(InputRecord record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
