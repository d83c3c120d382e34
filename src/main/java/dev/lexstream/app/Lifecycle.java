package dev.lexstream.app;

import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.Reason;
import dev.lexstream.model.BundleException;
import dev.lexstream.stream.FailureReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an application until it fails or the process is told to end, and ends it in order. */
public final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    /** Longer than the application needs to commit what is processed and to leave the group. */
    private static final long LONGEST_STOP_MILLIS = 90_000;

    private final CompletableFuture<Throwable> stop = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /**
     * Starts the pipeline and blocks until it has ended.
     *
     * @param readyFile made when partitions are assigned and deleted when the pipeline stops, for probes that can look at
     *     files
     * @return {@link ExitCode#OK} after a signal, otherwise what the failure means
     * @throws BundleException when a model bundle cannot be used
     */
    public ExitCode run(Pipeline pipeline, Optional<Path> readyFile) throws BundleException {
        readyFile.ifPresent(Lifecycle::delete); // one that a killed process has left
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
            readyFile.ifPresent(file -> application.running().thenRun(() -> create(file)));
            Throwable fault = stop.join();
            readyFile.ifPresent(Lifecycle::delete);
            summarize(application);
            if (fault == null) {
                LOG.info("Stopping: committing what is processed, leaving the group");
                return ExitCode.OK;
            }
            Reason reason = FailureReasons.of(fault);
            if (reason.kind() == Reason.Kind.UNCLASSIFIED || reason.exitCode() == ExitCode.INTERNAL) {
                LOG.error("The stream has failed for good", fault);
            } else {
                LOG.error("The stream has failed for good ({}): {}", reason.code(), FailureReasons.message(fault));
            }
            return reason.exitCode();
        } finally {
            stopped.complete(null);
            LOG.info("Stopped");
        }
    }

    /** For the log: how many texts no stage was for, how full the batches were and what the caches were good for. */
    private static void summarize(Application application) {
        LOG.info("Languages: {}", application.languages());
        application.batches().forEach((stage, batches) -> {
            String figures = String.format(
                    Locale.ROOT,
                    "%,d texts in batches of %.1f, padding ratio %.3f",
                    batches.members(),
                    batches.meanBatch(),
                    batches.paddingRatio());
            LOG.info("Stage {}: {}", stage, figures);
        });
        application.caches().forEach((stage, cache) -> {
            String figures = String.format(
                    Locale.ROOT,
                    "answered %,d of %,d texts, holds %,d results",
                    cache.hits() + cache.shared(),
                    cache.hits() + cache.shared() + cache.misses(),
                    cache.entries());
            LOG.info("Cache of stage {}: {}", stage, figures);
        });
        application
                .deadLettersByReason()
                .forEach((reason, count) -> LOG.info("Dead letters, {}: {}", reason.code(), count));
    }

    private static void create(Path readyFile) {
        try {
            Files.write(readyFile, new byte[0]);
        } catch (IOException e) {
            LOG.warn("Running, but ready file {} cannot be made: {}", readyFile, e.toString());
        }
    }

    private static void delete(Path readyFile) {
        try {
            Files.deleteIfExists(readyFile);
        } catch (IOException e) {
            LOG.warn("Ready file {} cannot be deleted: {}", readyFile, e.toString());
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
