package dev.lexstream.stream;

import dev.lexstream.codec.EnrichedTextEncoder;
import dev.lexstream.event.Language;
import dev.lexstream.plan.EnrichedEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Turns a text that has passed all stages into the value of its output record. Key, timestamp and headers
 * stay, but for {@link ErrorHeaders}. */
final class EmitProcessor extends ContextualProcessor<byte[], StagedText, byte[], OutputValue> {

    private final Supplier<OutputTopic> output;
    private final EnrichedTextEncoder encoder;
    private final ResultWait results;
    private final Clock clock;

    EmitProcessor(Supplier<OutputTopic> output, EnrichedTextEncoder encoder, ResultWait results, Clock clock) {
        this.output = output;
        this.encoder = encoder;
        this.results = results;
        this.clock = clock;
    }

    /**
     * Encodes the text with its annotations.
     *
     * @throws OutputRefusedException when the output topic would refuse the record
     */
    @Override
    public void process(Record<byte[], StagedText> record) {
        PendingText text = record.value().text();
        Language language = results.await(
                text.enrichment().language(),
                "language detection",
                context().recordMetadata(),
                text.receivedAt(),
                () -> false);
        OutputTopic topic = output.get();
        Instant now = clock.instant();
        EnrichedEvent enriched =
                new EnrichedEvent(text.event(), language, record.value().outcomes(), text.receivedAt(), now);
        byte[] value = encoder.encode(topic.name(), enriched);
        Headers headers = ErrorHeaders.without(record.headers());
        topic.check(record.key(), value, headers, record.timestamp(), now);
        context()
                .forward(record.withValue(
                                new OutputValue(value, context().taskId().partition()))
                        .withHeaders(headers));
    }
}
