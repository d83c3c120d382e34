package dev.lexstream.config;

import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import dev.lexstream.plan.OnError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The defaults of all settings of a pipeline file, except those of the sections {@code kafka} and {@code registry}. */
public final class PipelineDefaults {

    public static final String APPLICATION_ID = "lexstream";

    /** The topic of dead letters has the input topic's name with this suffix. */
    public static final String DEAD_LETTERS_SUFFIX = "-dead-letters";

    public static final boolean CREATE_TOPICS = false;
    public static final boolean REQUIRED = false;
    public static final boolean DROP = false;
    public static final String MERGED_FIELD = "enrichment";

    public static final int PARTITIONS = 8;

    /** Empty: the broker's {@code default.replication.factor}. */
    public static final Optional<Short> REPLICATION_FACTOR = Optional.empty();

    public static final List<String> LANGUAGES =
            List.of("ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "tr", "zh");

    /** Below this confidence, more answers are wrong than right. */
    public static final double MIN_CONFIDENCE = 0.5;

    /** Empty: only the {@link #RESULT_TIMEOUT} limits the wait for a stage. */
    public static final Optional<Duration> STAGE_TIMEOUT = Optional.empty();

    public static final OnError ON_ERROR = OnError.DEAD_LETTER;

    /** In bytes. There is no cache by default, since most streams hardly repeat themselves. */
    public static final long CACHE = 0;

    public static final Devices DEVICE = Devices.AUTO;

    public static final Precision PRECISION = Precision.AUTO;

    public static final int WORKERS = 1;

    /** About ninety batches. A backlog this deep has enough texts of similar length for full batches. */
    public static final int MAX_IN_FLIGHT = 6000;

    public static final int MAX_BATCH_TOKENS = 8192;

    public static final int MAX_BATCH_SIZE = 64;

    public static final Duration MAX_BATCH_DELAY = Duration.ofMillis(5);

    public static final Duration RESULT_TIMEOUT = Duration.ofSeconds(25);

    public static final Duration MAX_OUTAGE = Duration.ofMinutes(5);

    public static final Duration UNKNOWN_SCHEMA_WAIT = Duration.ofSeconds(30);

    public static final DeadLetterSettings DEAD_LETTERS =
            new DeadLetterSettings(DeadLetterSettings.TooLarge.DROP_VALUE, 1);

    private PipelineDefaults() {}

    /**
     * Half of the processors, divided among the workers, at least 1. Two models can then compute at once, and a thread
     * that polls, prepares or writes delays only one of them.
     */
    public static int threads(int processors, int workers) {
        return Math.max(1, processors / 2 / workers);
    }

    /**
     * 512 tokens for each text in flight, the longest input of most models, and at least the tokens of a batch. While the
     * mean text is no longer than this, {@code max-in-flight} is the limit. A burst of longer texts takes no more memory
     * than those would.
     */
    public static int maxInFlightTokens(int maxInFlight, int maxBatchTokens) {
        return (int) Math.max(maxBatchTokens, Math.min(Integer.MAX_VALUE, 512L * maxInFlight));
    }
}
