package dev.lexstream.stream;

import dev.lexstream.enrich.Language;
import dev.lexstream.event.EnrichedText;
import dev.lexstream.event.EnrichedTextEncoder;
import dev.lexstream.event.EnrichedTexts;
import java.time.Clock;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Turns a text that has passed all stages into the value of its output record. Key, timestamp and headers stay. */
final class EmitProcessor extends ContextualProcessor<byte[], StagedText, byte[], OutputValue> {

    private final OutputTopic output;
    private final EnrichedTextEncoder encoder;
    private final ResultWait results;
    private final Clock clock;

    EmitProcessor(OutputTopic output, EnrichedTextEncoder encoder, ResultWait results, Clock clock) {
        this.output = output;
        this.encoder = encoder;
        this.results = results;
        this.clock = clock;
    }

    /**
     * Encodes the text with its annotations.
     *
     * @throws OutputTooLargeException when the output topic would refuse the record
     */
    @Override
    public void process(Record<byte[], StagedText> record) {
        PendingText text = record.value().text();
        Language language = results.await(
                text.enrichment().language(), "language detection", context().recordMetadata());
        EnrichedText enriched =
                EnrichedTexts.of(text.event(), language, record.value().outcomes(), text.receivedAt(), clock.instant());
        byte[] value = encoder.encode(output.name(), enriched);
        long bytes = RecordSize.upperBound(record.key(), value, record.headers());
        if (bytes > output.maxRecordBytes()) {
            throw new OutputTooLargeException(output.name(), bytes, output.maxRecordBytes());
        }
        context()
                .forward(record.withValue(
                        new OutputValue(value, context().taskId().partition())));
    }
}
