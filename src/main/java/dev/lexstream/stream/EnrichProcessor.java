package dev.lexstream.stream;

import dev.lexstream.codec.EnrichedTextEncoder;
import dev.lexstream.event.Language;
import dev.lexstream.failure.Reason;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Outcome;
import dev.lexstream.stream.fault.DeadLetterCounts;
import dev.lexstream.stream.fault.ErrorHeaders;
import dev.lexstream.stream.fault.RecordHistory;
import dev.lexstream.stream.fault.RecordPosition;
import dev.lexstream.stream.intake.InFlightRecord;
import dev.lexstream.stream.intake.PendingText;
import dev.lexstream.stream.topic.OutputRefusedException;
import dev.lexstream.stream.topic.OutputTopic;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns a record into its output record, with the results that it carries. Key, timestamp and headers stay, but for
 * {@link ErrorHeaders}. One for each task.
 */
final class EnrichProcessor extends ContextualProcessor<byte[], byte[], byte[], OutputValue> {

    private final List<String> stages;
    private final Supplier<OutputTopic> output;
    private final RecordHistory records;
    private final DeadLetterCounts deadLetters;
    private final EnrichedTextEncoder encoder;
    private final ResultWait results;
    private final Clock clock;

    /**
     * @param stages names of the stages, in order
     * @param output the output topic as it is known now
     * @param records told of each, and knows which the broker has refused
     * @param deadLetters told of each record
     * @param encoder writes the values of output records
     * @param results waits for results that are late
     * @param clock gives output records their time
     */
    EnrichProcessor(
            List<String> stages,
            Supplier<OutputTopic> output,
            RecordHistory records,
            DeadLetterCounts deadLetters,
            EnrichedTextEncoder encoder,
            ResultWait results,
            Clock clock) {
        this.stages = List.copyOf(stages);
        this.output = output;
        this.records = records;
        this.deadLetters = deadLetters;
        this.encoder = encoder;
        this.results = results;
        this.clock = clock;
    }

    /**
     * Forwards the output record.
     *
     * @throws OutputRefusedException when the output topic would refuse it, or the broker has refused it before
     * @throws StageFailedException when a model cannot process the text
     * @throws ResultUnavailableException when the engine is in trouble
     * @throws IllegalStateException when the stack overflows on the way to the output: nobody knows why
     */
    @Override
    public void process(Record<byte[], byte[]> record) {
        InFlightRecord inFlight = InFlightRecord.take(record.headers());
        RecordPosition position = position();
        records.processing(position);
        deadLetters.read();
        try {
            requireNotRefused(position);
            context().forward(enriched(record, results.text(inFlight), position));
        } catch (StackOverflowError e) {
            // of an Error, Kafka Streams would not say which record it belongs to
            throw new IllegalStateException("the stack overflowed while the record was processed", e);
        } finally {
            inFlight.cancel();
            if (inFlight.processed()) {
                context().commit();
            }
        }
    }

    private RecordPosition position() {
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        return RecordPosition.of(metadata.topic(), metadata.partition(), metadata.offset());
    }

    private void requireNotRefused(RecordPosition position) {
        Optional<RecordHistory.Failure> before = records.of(position).filter(failure -> failure.refusals() > 0);
        if (before.isPresent()) {
            throw new OutputRefusedException(
                    Reason.OUTPUT_REFUSED,
                    "the broker refuses the output: " + before.get().refusal());
        }
    }

    private Record<byte[], OutputValue> enriched(
            Record<byte[], byte[]> record, PendingText text, RecordPosition position) {
        Language language = results.language(text, position);
        List<Outcome> outcomes = new ArrayList<>(stages.size());
        for (String stage : stages) {
            Outcome outcome = results.outcome(text, stage, position);
            for (Outcome each : outcome.all()) {
                if (each instanceof Outcome.Failed failed) {
                    throw new StageFailedException(failed);
                }
            }
            outcomes.add(outcome);
        }
        OutputTopic topic = output.get();
        Instant now = clock.instant();
        EnrichedEvent enriched = new EnrichedEvent(text.event(), language, outcomes, text.receivedAt(), now);
        byte[] value = encoder.encode(topic.name(), enriched);
        Headers headers = ErrorHeaders.without(record.headers());
        topic.check(record.key(), value, headers, record.timestamp(), now);
        return record.withValue(new OutputValue(value, position.partition())).withHeaders(headers);
    }
}
