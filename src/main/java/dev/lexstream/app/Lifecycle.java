package dev.lexstream.app;

import dev.lexstream.config.Pipeline;
import dev.lexstream.model.BundleException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an application until it fails or the process is told to end, and ends it in order. */
public final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    /** Longer than the application needs to finish the records in hand. */
    private static final long LONGEST_STOP_MILLIS = 90_000;

    private final CompletableFuture<Throwable> stop = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /**
     * Starts the pipeline and blocks until it has ended.
     *
     * @return {@link ExitCode#OK} after a signal, otherwise what the failure means
     * @throws BundleException when a model bundle cannot be used
     */
    public ExitCode run(Pipeline pipeline) throws BundleException {
        Thread hook = new Thread(this::onSignal, "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Application application = Application.start(pipeline)) {
            LOG.info(
                    "Running: {} -> {} with {}, dead letters to {}",
                    pipeline.topics().input(),
                    pipeline.topics().output(),
                    pipeline.stages(),
                    pipeline.topics().deadLetters());
            application.fault().thenAccept(stop::complete);
            Throwable fault = stop.join();
            if (fault == null) {
                LOG.info("Stopping: finishing the records in hand");
                return ExitCode.OK;
            }
            LOG.error("The stream has failed for good", fault);
            return ExitCode.of(fault);
        } finally {
            stopped.complete(null);
            LOG.info("Stopped");
        }
    }

    /** On the JVM's shutdown thread: the process lives on until this returns. */
    private void onSignal() {
        stop.complete(null);
        try {
            stopped.get(LONGEST_STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Not stopped after {} s; ending all the same", LONGEST_STOP_MILLIS / 1000);
        }
    }
}
