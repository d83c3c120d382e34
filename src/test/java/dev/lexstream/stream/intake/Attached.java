package dev.lexstream.stream.intake;

import dev.lexstream.stream.Texts;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records with their texts. */
final class Attached {

    private Attached() {}

    /** Attaches a text whose result never comes. */
    static PendingText pending(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        PendingText text = Texts.pending();
        InFlightRecord.attach(record, CompletableFuture.completedFuture(text));
        return text;
    }
}
