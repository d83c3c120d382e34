package dev.lexstream.bench;

import dev.lexstream.config.Pipeline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Reads what comes out of a running pipeline on a thread of its own, until closed.
 *
 * <p>Threading: the counts may be read from any thread.
 */
final class ReaderThread implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Pipeline pipeline;
    private final int partitions;
    private final SequenceSet seen;
    private final Listener listener;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::read, "bench-reader");
    private volatile boolean stopping;
    private volatile long unique;
    private volatile long repeated;
    private volatile long deadLetters;

    /** Is told of records that come out, on the reader's thread. */
    @FunctionalInterface
    interface Listener {
        /**
         * A record has come out.
         *
         * @param sequence of the input record
         * @param nanos when its poll returned, on the clock of {@link System#nanoTime}
         */
        void read(long sequence, long nanos);
    }

    /** @param capacity input records at most */
    ReaderThread(Pipeline pipeline, int partitions, long capacity, Listener listener) {
        this.pipeline = pipeline;
        this.partitions = partitions;
        this.seen = new SequenceSet(capacity);
        this.listener = listener;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void read() {
        long letters = 0;
        try (OutcomeReader reader = new OutcomeReader(pipeline, partitions)) {
            while (!stopping) {
                ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    long sequence = OutcomeReader.sequence(record);
                    seen.mark(sequence);
                    listener.read(sequence, now);
                    letters += record.topic().equals(pipeline.topics().deadLetters()) ? 1 : 0;
                }
                deadLetters = letters;
                repeated = seen.repeated();
                unique = seen.unique();
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    /** Input records that have come out, in whatever topic. */
    long unique() {
        return unique;
    }

    /** What has come out, given how many went in. */
    Delivery delivery(long sent) {
        return new Delivery(sent, unique + repeated - deadLetters, deadLetters, sent - unique, repeated);
    }

    /** What has stopped the reader; null while it reads. */
    Throwable failure() {
        return failure.get();
    }

    /** Reads no more and waits for the thread. */
    @Override
    public void close() {
        stopping = true;
        Threads.join(thread);
    }
}
