package dev.lexstream.bench;

import dev.lexstream.config.Pipeline;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends numbered events at a fixed rate, over and over, on a thread of its own.
 *
 * <p>Threading: the count may be read from any thread.
 */
final class GeneratorThread implements AutoCloseable {

    private final Pipeline pipeline;
    private final List<BenchEvent> events;
    private final double rate;
    private final long first;
    private final long end;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::generate, "bench-generator");
    private volatile long sent;

    private GeneratorThread(Pipeline pipeline, List<BenchEvent> events, double rate, long first, long end) {
        this.pipeline = pipeline;
        this.events = events;
        this.rate = rate;
        this.first = first;
        this.end = end;
        this.sent = first;
        thread.setDaemon(true);
    }

    /**
     * Starts to send.
     *
     * @param rate events a second
     * @param first number of the first event
     * @param end number after that of the last
     */
    static GeneratorThread start(Pipeline pipeline, List<BenchEvent> events, double rate, long first, long end) {
        GeneratorThread generator = new GeneratorThread(pipeline, events, rate, first, end);
        generator.thread.start();
        return generator;
    }

    private void generate() {
        try (EventProducer producer = new EventProducer(pipeline, EventProducer.THROUGHPUT_LINGER_MS)) {
            Pace pace = new Pace(System.nanoTime(), rate);
            for (long i = first; i < end; i++) {
                pace.await(i - first);
                producer.send(i, events.get((int) (i % events.size())));
                sent = i + 1;
            }
            producer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    /** The number after that of the event handed over last. */
    long sent() {
        return sent;
    }

    /** Whether all events are sent and with the broker, or it has failed. */
    boolean ended() {
        return !thread.isAlive();
    }

    /** What has stopped it before its end; null otherwise. */
    Throwable failure() {
        return failure.get();
    }

    /** Sends no more and waits for the thread. */
    @Override
    public void close() {
        thread.interrupt();
        Threads.join(thread);
    }
}
