package dev.lexstream.config;

import dev.lexstream.enrich.OnError;
import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a pipeline file need not say. The one place of all defaults but those of Kafka's settings. */
public final class PipelineDefaults {

    public static final String APPLICATION_ID = "lexstream";

    /** Appended to the input topic's name. */
    public static final String DEAD_LETTERS_SUFFIX = "-dead-letters";

    public static final boolean CREATE_TOPICS = false;

    public static final int PARTITIONS = 8;

    /** Empty: the broker's {@code default.replication.factor}. */
    public static final Optional<Short> REPLICATION_FACTOR = Optional.empty();

    public static final List<String> LANGUAGES =
            List.of("ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "tr", "zh");

    /** Of answers below it more are wrong than right. */
    public static final double MIN_CONFIDENCE = 0.5;

    /** Longest wait of one text for a stage: none but the {@link #RESULT_TIMEOUT}, which stops the stream. */
    public static final Optional<Duration> STAGE_TIMEOUT = Optional.empty();

    public static final OnError ON_ERROR = OnError.DEAD_LETTER;

    /** Bytes; 0 is no cache: most streams hardly repeat themselves. */
    public static final long CACHE = 0;

    public static final Devices DEVICE = Devices.AUTO;

    public static final Precision PRECISION = Precision.AUTO;

    public static final int WORKERS = 1;

    /**
     * Some ninety batches: from a backlog this deep full batches of equal lengths can be cut.
     */
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
     * Half of the processors, divided among the workers: the batches of two models compute at once, and a thread that
     * polls, prepares or writes holds up one of them, not both.
     */
    public static int threads(int processors, int workers) {
        return Math.max(1, processors / 2 / workers);
    }

    /**
     * 512 for each text, the longest input of most models, and never below a batch: with texts no longer than this in the
     * mean, {@code max-in-flight} decides, and a burst of long ones cannot take more memory than they would.
     */
    public static int maxInFlightTokens(int maxInFlight, int maxBatchTokens) {
        return (int) Math.max(maxBatchTokens, Math.min(Integer.MAX_VALUE, 512L * maxInFlight));
    }
}
