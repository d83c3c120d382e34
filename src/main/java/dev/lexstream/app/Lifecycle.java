package dev.lexstream.app;

import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.Reason;
import dev.lexstream.model.BundleException;
import dev.lexstream.stream.fault.FailureReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an application until it fails or the process is told to end, and ends it in order. */
public final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    /** Longer than the application needs to commit what is processed and to leave the group. */
    private static final long LONGEST_STOP_MILLIS = 90_000;

    /**
     * How long a signal waits for a start that goes on. Models cannot be interrupted while they load, and nothing has been
     * read from the input then, so that the process may end in the middle of it.
     */
    private static final long START_GRACE_MILLIS = 1_000;

    /** Completes when the pipeline has been started, or could not be. */
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    private final CompletableFuture<Throwable> stop = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /**
     * Starts the pipeline and blocks until it has ended. After a signal it commits what is processed and leaves the group;
     * a signal while models still load ends the process within about a second, in whatever they are.
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
        LOG.info("Starting: loading {} models from {}", pipeline.stages().size(), pipeline.models());
        try (Application application = Application.start(pipeline)) {
            started.complete(null);
            LOG.info(
                    "Running: {} -> {} with {}, dead letters to {}",
                    pipeline.topics().inputs(),
                    pipeline.topics().output(),
                    stages(application.models()),
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
            started.complete(null);
            stopped.complete(null);
            LOG.info("Stopped");
        }
    }

    /** For the log: {@code tag (tagger-en 1), translate (translator-zh-en 1)}. */
    static String stages(Map<String, String> models) {
        return models.entrySet().stream()
                .map(stage -> stage.getKey() + " (" + stage.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    /** For the log: how many texts no stage was for, how full the batches were and what the caches were good for. */
    private static void summarize(Application application) {
        LOG.info("Languages: {}", application.languages());
        application.batches().forEach((stage, batches) -> {
            String figures = String.format(
                    Locale.ROOT,
                    "%,d texts in batches of %.1f, padding ratio %.3f",
                    batches.inputs(),
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
        if (application.dropped() > 0) {
            LOG.info("Dropped by routes: {}", application.dropped());
        }
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
            started.get(START_GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("Ending before the models are loaded: nothing has been read");
            return;
        }
        try {
            stopped.get(LONGEST_STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Not stopped after {} s; ending all the same", LONGEST_STOP_MILLIS / 1000);
        }
    }
}
