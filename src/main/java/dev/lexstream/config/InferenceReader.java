package dev.lexstream.config;

import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the section {@code inference} and checks what its settings ask of each other and of the machine.
 *
 * @param processors of the machine
 */
record InferenceReader(int processors) {

    private static final int MAX_THREADS = 1024;

    /** The settings; others in place of those with a problem, which is noted. */
    InferenceSettings read(Section section) {
        InferenceSettings defaults = InferenceSettings.defaults();
        Optional<Devices> device = section.parsed("device", Devices::parse, "allowed are " + Devices.ALLOWED);
        int workers = section.integer("workers", 1, MAX_THREADS).orElse(PipelineDefaults.WORKERS);
        Optional<Integer> threads = section.integer("threads", 1, MAX_THREADS);
        Optional<Precision> precision =
                section.parsed("precision", Precision::parse, "allowed are " + Precision.allowed());
        int maxTexts = section.integer("max-texts", 1, Integer.MAX_VALUE).orElse(PipelineDefaults.MAX_TEXTS);
        Optional<Integer> tokens = section.integer("max-tokens", 1, Integer.MAX_VALUE);
        int batchTokens = section.integer("batch-tokens", 1, Integer.MAX_VALUE).orElse(PipelineDefaults.BATCH_TOKENS);
        int batchMembers =
                section.integer("batch-members", 1, Integer.MAX_VALUE).orElse(PipelineDefaults.BATCH_MEMBERS);
        Optional<Duration> batchDeadline = section.duration("batch-deadline", Duration.ZERO);
        Optional<Duration> resultTimeout = section.duration("result-timeout", Duration.ofMillis(1));
        section.finish();
        int maxTokens = tokens.orElse(PipelineDefaults.maxTokens(maxTexts, batchTokens));
        checkMachine(section, workers, threads);
        checkDeadline(
                section,
                batchDeadline.orElse(defaults.batchDeadline()),
                resultTimeout.orElse(defaults.resultTimeout()));
        checkBatchFills(section, "max-texts", maxTexts, "batch-members", batchMembers);
        checkBatchFills(section, "max-tokens", maxTokens, "batch-tokens", batchTokens);
        return new InferenceSettings(
                device.orElse(defaults.device()),
                workers,
                threads.orElse(PipelineDefaults.threads(processors, workers)),
                precision.orElse(defaults.precision()),
                Math.max(maxTexts, batchMembers),
                Math.max(maxTokens, batchTokens),
                batchTokens,
                batchMembers,
                batchDeadline.orElse(defaults.batchDeadline()),
                resultTimeout.orElse(defaults.resultTimeout()));
    }

    /** More threads than processors wait for each other in the middle of a batch. */
    private void checkMachine(Section section, int workers, Optional<Integer> threads) {
        if (workers > processors) {
            section.problem("workers", "" + workers, "allowed are up to " + processors + ", the processors here");
        } else if (threads.isPresent() && workers * threads.get() > processors) {
            section.problem(
                    "threads",
                    threads.get() + (workers == 1 ? "" : " for each of " + workers + " workers"),
                    "allowed are up to " + processors / workers + ", there being " + processors + " processors");
        }
    }

    /** A text that waits for company as long as that counts as stuck. */
    private static void checkDeadline(Section section, Duration deadline, Duration timeout) {
        if (deadline.compareTo(timeout) < 0) {
            return;
        }
        if (section.has("batch-deadline")) {
            section.problem(
                    "batch-deadline",
                    deadline.toMillis() + "ms",
                    "allowed is less than inference.result-timeout (" + timeout.toMillis() + "ms)");
        } else {
            section.problem(
                    "result-timeout",
                    timeout.toMillis() + "ms",
                    "allowed is more than inference.batch-deadline (" + deadline.toMillis() + "ms)");
        }
    }

    /** The offender is the limit, or the batch where only that was given. */
    private static void checkBatchFills(Section section, String key, int limit, String batchKey, int batch) {
        String why = ", or batches could never fill";
        if (limit < batch && section.has(key)) {
            section.problem(key, "" + limit, "allowed is " + batchKey + " (" + batch + ") or more" + why);
        } else if (limit < batch) {
            section.problem(batchKey, "" + batch, "allowed is " + key + " (" + limit + ") or less" + why);
        }
    }
}
