package dev.lexstream.stream.intake;

import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.InputRecord;
import dev.lexstream.event.TextEvent;
import dev.lexstream.plan.Enricher;
import dev.lexstream.stream.fault.FailureReasons;
import dev.lexstream.stream.fault.RecordHistory;
import dev.lexstream.stream.fault.RecordPosition;
import java.time.Clock;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records become texts on their way: all records of a poll at once, so that the models see them together.
 *
 * <p>Threading: one instance serves all stream threads of an application.
 */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final EventDecoder decoder;
    private final Enricher enricher;
    private final Clock clock;
    private final SchemaLookups lookups;
    private final RecordHistory history;
    private final LongAdder polls = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /**
     * An intake that has seen no record.
     *
     * @param decoder reads the values of records
     * @param enricher sends texts through the models; blocks while it is full
     * @param clock tells when records are received
     * @param lookups looks up the schemas of values that are not known yet
     * @param history told of records that an outage of the registry holds up
     */
    public Intake(EventDecoder decoder, Enricher enricher, Clock clock, SchemaLookups lookups, RecordHistory history) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.enricher = Objects.requireNonNull(enricher, "enricher");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.lookups = Objects.requireNonNull(lookups, "lookups");
        this.history = Objects.requireNonNull(history, "history");
    }

    /**
     * Decodes and submits what a poll returned, waiting for room in the engine, and attaches what becomes of it to the records.
     * Never throws: a failure is attached too, and raised where the record is processed. When the registry or the engine fails,
     * the other records of the poll are not tried: it would most likely only take longer. Restores the interrupt flag.
     */
    void submit(ConsumerRecords<byte[], byte[]> polled) {
        polls.increment();
        records.add(polled.count());
        RuntimeException trouble = null;
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            CompletableFuture<PendingText> text;
            if (trouble == null) {
                text = submit(record);
                trouble = text.isCompletedExceptionally() ? trouble(text) : null;
            } else {
                text = CompletableFuture.failedFuture(trouble);
            }
            InFlightRecord.attach(record, text);
        }
        if (trouble != null) {
            failures.increment();
            LOG.warn("Records of a poll could not all be submitted: {}", trouble.toString());
        }
    }

    /** Asks no registry: a record whose schema has to be looked up is submitted later. */
    private CompletableFuture<PendingText> submit(ConsumerRecord<byte[], byte[]> record) {
        try {
            InputRecord input = InputRecords.of(record);
            OptionalInt schema = decoder.unknownSchema(record.value());
            return schema.isPresent()
                    ? lookups.await(schema.getAsInt(), () -> decode(input), () -> history.failed(position(record)))
                    : CompletableFuture.completedFuture(decode(input));
        } catch (InterruptedException e) {
            return CompletableFuture.failedFuture(
                    new InterruptException("interrupted while waiting for room in the inference engine", e));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        } catch (StackOverflowError e) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the stack overflowed while the record was submitted", e));
        }
    }

    private PendingText decode(InputRecord record) throws InterruptedException {
        TextEvent event = decoder.decode(record);
        return new PendingText(event, enricher.enrich(event), clock.instant());
    }

    private static RecordPosition position(ConsumerRecord<byte[], byte[]> record) {
        return RecordPosition.of(record.topic(), record.partition(), record.offset());
    }

    /** A failure that ends the stream thread whatever the record is; null when it is none. */
    private static RuntimeException trouble(CompletableFuture<PendingText> text) {
        RuntimeException failure =
                (RuntimeException) text.handle((pending, found) -> found).join();
        return switch (FailureReasons.of(failure).kind()) {
            case DATA, UNCLASSIFIED -> null;
            case PASSING, FINAL -> failure;
        };
    }

    /** Counts up to now. */
    public IntakeStats stats() {
        return new IntakeStats(polls.sum(), failures.sum(), records.sum());
    }
}
