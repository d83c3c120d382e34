package dev.lexstream.app.line;

import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.DaemonThread;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.Enrichment;
import dev.lexstream.plan.NoRoomException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Reads lines and submits them, ahead of whoever takes them, on a thread of its own: it may wait for its source for ever, which
 * nothing interrupts. How far ahead is bounded, in lines and in bytes, and by the room in the engine.
 *
 * <p>Threading: one thread takes, and closes.
 */
final class LineIntake implements AutoCloseable {

    /** Bytes of lines that were read and not written. A longer one gets through alone. */
    private static final int MOST_BYTES = 64 << 20;

    private final Enricher enricher;
    private final LineFormat format;
    private final Clock clock;
    private final BlockingQueue<Next> queue;
    private final Semaphore room = new Semaphore(MOST_BYTES);
    private final Thread reader;

    /** What comes next in the order of the input. */
    sealed interface Next {}

    /** A line on its way through the models. */
    record Submitted(TextLine line, TextEvent event, Enrichment enrichment, Instant receivedAt) implements Next {}

    /** A line that is no event. */
    record Refused(TextLine line, UndecodableEventException why) implements Next {}

    /** There is no more, because the source has ended or failed. */
    record End(Optional<Throwable> failure) implements Next {}

    private LineIntake(Enricher enricher, LineFormat format, LineSource source, int lines, Clock clock) {
        this.enricher = enricher;
        this.format = format;
        this.clock = clock;
        this.queue = new ArrayBlockingQueue<>(lines);
        this.reader = DaemonThread.of(() -> read(source), "lines", Thread.NORM_PRIORITY);
    }

    /**
     * Starts to read.
     *
     * @param source closed at its end, or after {@link #close} as soon as it gives the next line
     * @param lines most that wait to be taken
     */
    static LineIntake start(Enricher enricher, LineFormat format, LineSource source, int lines, Clock clock) {
        LineIntake intake = new LineIntake(enricher, format, source, lines, clock);
        intake.reader.start();
        return intake;
    }

    private void read(LineSource source) {
        try {
            queue.put(new End(failureOf(source)));
        } catch (InterruptedException e) {
            // nobody takes any more
        }
    }

    private Optional<Throwable> failureOf(LineSource source) throws InterruptedException {
        try (source) {
            for (Optional<TextLine> line = source.next(); line.isPresent(); line = source.next()) {
                room.acquire(permits(line.get()));
                queue.put(submitted(line.get()));
            }
            return Optional.empty();
        } catch (IOException | RuntimeException | Error e) { // whoever takes throws it
            return Optional.of(e);
        }
    }

    private Next submitted(TextLine line) throws InterruptedException {
        try {
            Instant receivedAt = clock.instant();
            TextEvent event = format.event(line);
            return new Submitted(line, event, enrichment(event), receivedAt);
        } catch (UndecodableEventException e) {
            return new Refused(line, e);
        }
    }

    /** A batch of long texts may take longer than the engine's patience; that a device hangs is told otherwise. */
    private Enrichment enrichment(TextEvent event) throws InterruptedException {
        while (true) {
            try {
                return enricher.enrich(event);
            } catch (NoRoomException e) {
                // there will be
            }
        }
    }

    /** The next, after waiting for it. After {@link End} there is none. */
    Next take() throws InterruptedException {
        return queue.take();
    }

    /** Makes room: a line was written. */
    void written(TextLine line) {
        room.release(permits(line));
    }

    private static int permits(TextLine line) {
        return Math.min(line.size(), MOST_BYTES);
    }

    /** Reads no further and gives up what was submitted. */
    @Override
    public void close() {
        reader.interrupt();
        for (Next next = queue.poll(); next != null; next = queue.poll()) {
            if (next instanceof Submitted submitted) {
                submitted.enrichment().cancel();
            }
        }
    }
}
