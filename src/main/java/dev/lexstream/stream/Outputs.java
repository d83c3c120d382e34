package dev.lexstream.stream;

import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.condition.Routes;
import dev.lexstream.plan.condition.Target;
import dev.lexstream.stream.fault.ErrorHeaders;
import dev.lexstream.stream.fault.RecordPosition;
import dev.lexstream.stream.topic.OutputTopic;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes output records: routes them, encodes their values and checks them against their topics. Key, timestamp and headers stay,
 * but for {@link ErrorHeaders}.
 *
 * <p>Threading: stream threads share one instance.
 */
final class Outputs {

    private final Routes routes;
    private final Function<String, OutputTopic> topics;
    private final OutputEncoder encoder;
    private final Optional<String> tombstones;
    private final LongAdder dropped = new LongAdder();

    /**
     * Outputs that have dropped nothing.
     *
     * @param routes where enriched events go
     * @param topics those topics as they are known now
     * @param encoder writes values
     * @param tombstones where records without a value go, unchanged; empty when they are no events
     */
    Outputs(Routes routes, Function<String, OutputTopic> topics, OutputEncoder encoder, Optional<String> tombstones) {
        this.routes = Objects.requireNonNull(routes, "routes");
        this.topics = Objects.requireNonNull(topics, "topics");
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        this.tombstones = Objects.requireNonNull(tombstones, "tombstones");
    }

    /**
     * A record on its way out.
     *
     * @param topic where it goes
     * @param record what goes there
     */
    record Output(String topic, Record<byte[], OutputValue> record) {}

    /** The tombstone that a record is, where these pass. */
    Optional<Output> tombstone(Record<byte[], byte[]> record, RecordPosition position, Instant now) {
        return record.value() == null
                ? tombstones.map(topic -> output(topic, record, null, position, now))
                : Optional.empty();
    }

    /**
     * What comes of an enriched event; empty where it is dropped, which is counted.
     *
     * @throws dev.lexstream.stream.topic.OutputRefusedException when the topic would refuse the record
     * @throws dev.lexstream.plan.condition.ConditionFailedException when a route cannot be judged
     * @throws dev.lexstream.codec.UndecodableEventException when the value has no place for what was found
     */
    Optional<Output> of(Record<byte[], byte[]> record, RecordPosition position, EnrichedEvent enriched) {
        if (!(routes.targetOf(enriched) instanceof Target.Topic topic)) {
            dropped.increment();
            return Optional.empty();
        }
        InputRecord input = new InputRecord(
                enriched.event().envelope(), position.partition().partition(), position.offset(), record.value());
        byte[] value = encoder.encode(topic.name(), input, enriched);
        return Optional.of(output(topic.name(), record, value, position, enriched.enrichedAt()));
    }

    private Output output(
            String topic, Record<byte[], byte[]> record, byte[] value, RecordPosition position, Instant now) {
        Headers headers = ErrorHeaders.without(record.headers());
        topics.apply(topic).check(record.key(), value, headers, record.timestamp(), now);
        return new Output(
                topic,
                record.withValue(new OutputValue(value, position.partition())).withHeaders(headers));
    }

    /** How many events were dropped so far; those of transactions that were aborted afterwards count again. */
    long dropped() {
        return dropped.sum();
    }
}
