package dev.lexstream.stream.intake;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record that was polled and is not processed, and its text on the way through the models. The record carries it as a header,
 * which Kafka Streams hands on as the same object and which never leaves the process.
 *
 * <p>Threading: attached and taken on a stream thread; completed by threads of the engine.
 */
public final class InFlightRecord implements Header {

    /** Name of the header. */
    static final String KEY = "lexstream.in-flight";

    private static final byte[] NO_BYTES = {};

    private final ConsumerRecord<byte[], byte[]> record;
    private final CompletableFuture<PendingText> text;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private InFlight holder;
    private InFlight.Queue queue;

    private InFlightRecord(ConsumerRecord<byte[], byte[]> record, CompletableFuture<PendingText> text) {
        this.record = Objects.requireNonNull(record, "record");
        this.text = Objects.requireNonNull(text, "text");
        text.whenComplete((pending, failure) -> {
            if (failure == null) {
                pending.enrichment().whenDone(() -> done.complete(null));
            } else {
                done.complete(null);
            }
        });
    }

    /**
     * Attaches the text of a record to it.
     *
     * @param text fails when the record holds none; is incomplete while the schema of its value is looked up
     */
    public static void attach(ConsumerRecord<byte[], byte[]> record, CompletableFuture<PendingText> text) {
        record.headers().add(new InFlightRecord(record, text));
    }

    /**
     * What is attached to a record.
     *
     * @throws IllegalStateException when nothing is
     */
    static InFlightRecord of(Headers headers) {
        if (headers.lastHeader(KEY) instanceof InFlightRecord inFlight) {
            return inFlight;
        }
        throw new IllegalStateException("the record carries no " + KEY + "; an interceptor has removed it");
    }

    /** As {@link #of}, and detaches it: the headers are those of the topic again. */
    public static InFlightRecord take(Headers headers) {
        InFlightRecord inFlight = of(headers);
        headers.remove(KEY);
        return inFlight;
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    /** Bytes of key and value. */
    int bytes() {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    /** The text; fails when the record holds none. */
    public CompletableFuture<PendingText> text() {
        return text;
    }

    /** Whether the schema of the value is still looked up, so that its text is not submitted yet. */
    boolean awaitsSchema() {
        return !text.isDone();
    }

    /** Whether the record waits for nothing more. */
    public boolean isDone() {
        return done.isDone();
    }

    /** Runs this when the record waits for nothing more: now or on a thread of the engine. */
    void whenDone(Runnable action) {
        done.thenRun(action);
    }

    /** Gives up what nobody waits for any more; nothing where all is there. */
    public void cancel() {
        if (isDone()) {
            return;
        }
        text.cancel(false);
        if (!text.isCompletedExceptionally()) {
            text.join().enrichment().cancel();
        }
    }

    /** Says what holds the record, and in which queue. */
    void heldIn(InFlight inFlight, InFlight.Queue queueOfPartition) {
        holder = inFlight;
        queue = queueOfPartition;
    }

    /** Notes that the record has become an output record or a dead letter; gives whether to commit now. */
    public boolean processed() {
        return holder != null && holder.processed(queue);
    }

    @Override
    public String key() {
        return KEY;
    }

    /** Empty: the text is in this process only. */
    @Override
    public byte[] value() {
        return NO_BYTES;
    }
}
