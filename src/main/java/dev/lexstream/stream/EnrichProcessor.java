package dev.lexstream.stream;

import dev.lexstream.event.Language;
import dev.lexstream.failure.Reason;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Outcome;
import dev.lexstream.stream.fault.DeadLetterCounts;
import dev.lexstream.stream.fault.RecordHistory;
import dev.lexstream.stream.fault.RecordPosition;
import dev.lexstream.stream.intake.InFlightRecord;
import dev.lexstream.stream.intake.PendingText;
import dev.lexstream.stream.topic.OutputRefusedException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Turns a record into its output record, with the results that it carries. One for each task. */
final class EnrichProcessor extends ContextualProcessor<byte[], byte[], byte[], OutputValue> {

    private final List<String> stages;
    private final Outputs outputs;
    private final RecordHistory records;
    private final DeadLetterCounts deadLetters;
    private final ResultWait results;
    private final Clock clock;

    /**
     * @param stages names of the stages, in order
     * @param outputs makes output records
     * @param records told of each record, and knows which the broker has refused
     * @param deadLetters told of each record
     * @param results waits for results that are late
     * @param clock gives output records their time
     */
    EnrichProcessor(
            List<String> stages,
            Outputs outputs,
            RecordHistory records,
            DeadLetterCounts deadLetters,
            ResultWait results,
            Clock clock) {
        this.stages = List.copyOf(stages);
        this.outputs = outputs;
        this.records = records;
        this.deadLetters = deadLetters;
        this.results = results;
        this.clock = clock;
    }

    /**
     * Forwards the output record, to the sink of its topic.
     *
     * @throws OutputRefusedException when its topic would refuse it, or the broker has refused it before
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
            Optional<Outputs.Output> tombstone = outputs.tombstone(record, position, clock.instant());
            Optional<Outputs.Output> output = tombstone.isPresent()
                    ? tombstone
                    : outputs.of(record, position, enriched(results.text(inFlight), position));
            output.ifPresent(out -> context().forward(out.record(), EnrichmentTopology.sink(out.topic())));
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

    private EnrichedEvent enriched(PendingText text, RecordPosition position) {
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
        return new EnrichedEvent(text.event(), language, outcomes, text.receivedAt(), clock.instant());
    }
}
