package dev.lexstream.bench;

import dev.lexstream.app.Application;
import dev.lexstream.app.EnrichmentEngine;
import dev.lexstream.app.Formats;
import dev.lexstream.config.Pipeline;
import dev.lexstream.stream.EnrichmentStream;

/** The parts of an application on an engine that is shared with other runs, so that its models are warm. */
final class RunningStream implements AutoCloseable {

    private final Formats formats;
    private final EnrichmentStream stream;

    private RunningStream(Formats formats, EnrichmentStream stream) {
        this.formats = formats;
        this.stream = stream;
    }

    static RunningStream start(Pipeline pipeline, EnrichmentEngine engine) {
        Formats formats = Formats.of(pipeline);
        try {
            EnrichmentStream stream = Application.stream(pipeline, engine.enricher(), formats);
            stream.start();
            return new RunningStream(formats, stream);
        } catch (RuntimeException e) {
            formats.close();
            throw e;
        }
    }

    /** Waits until partitions are assigned or the first records are polled, whichever comes first. */
    void awaitBegin() throws InterruptedException {
        while (!stream.running().isDone() && stream.intake().polls() == 0) {
            if (fault() != null) {
                throw new IllegalStateException("the stream does not start: " + fault(), fault());
            }
            Thread.sleep(1);
        }
    }

    /** What has stopped the stream; null while it runs. */
    Throwable fault() {
        return stream.fault().getNow(null);
    }

    @Override
    public void close() {
        stream.close();
        formats.close();
    }
}
