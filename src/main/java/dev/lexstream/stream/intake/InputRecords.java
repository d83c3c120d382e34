package dev.lexstream.stream.intake;

import dev.lexstream.codec.InputRecord;
import dev.lexstream.event.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Kafka's records as those that are decoded. */
final class InputRecords {

    private InputRecords() {}

    /** A record that a poll returned. */
    static InputRecord of(ConsumerRecord<byte[], byte[]> record) {
        Envelope envelope = new Envelope(record.topic(), record.timestamp(), record.key(), headers(record.headers()));
        return new InputRecord(envelope, record.partition(), record.offset(), record.value());
    }

    private static dev.lexstream.event.Headers headers(Headers headers) {
        List<dev.lexstream.event.Header> all = new ArrayList<>();
        for (Header header : headers) {
            all.add(new dev.lexstream.event.Header(header.key(), header.value()));
        }
        return all.isEmpty() ? dev.lexstream.event.Headers.NONE : new dev.lexstream.event.Headers(all);
    }
}
