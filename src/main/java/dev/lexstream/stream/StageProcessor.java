package dev.lexstream.stream;

import dev.lexstream.plan.Outcome;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Awaits what one stage made of a text. The stages of a text run on their own; this is where the record catches up. */
final class StageProcessor extends ContextualProcessor<byte[], StagedText, byte[], StagedText> {

    private final String stage;
    private final ResultWait results;

    StageProcessor(String stage, ResultWait results) {
        this.stage = stage;
        this.results = results;
    }

    /**
     * Passes the text on with this stage's outcome.
     *
     * @throws StageFailedException when the model cannot process this text
     * @throws ResultUnavailableException when the engine is in trouble
     */
    @Override
    public void process(Record<byte[], StagedText> record) {
        StagedText text = record.value();
        Outcome outcome = results.await(
                text.text().enrichment().outcome(stage),
                "stage " + stage,
                context().recordMetadata(),
                text.text().receivedAt(),
                () -> text.text().enrichment().isOvertaken(stage));
        if (outcome instanceof Outcome.Failed failed) {
            text.text().enrichment().cancel();
            throw new StageFailedException(failed);
        }
        context().forward(record.withValue(text.with(outcome)));
    }
}
