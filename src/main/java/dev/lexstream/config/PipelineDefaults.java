package dev.lexstream.config;

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

    /** Two stream threads with two polls of 500 each, so that one poll waits in Kafka Streams while one is computed. */
    public static final int MAX_TEXTS = 2000;

    public static final int BATCH_TOKENS = 8192;

    public static final int BATCH_MEMBERS = 64;

    public static final Duration BATCH_DEADLINE = Duration.ofMillis(5);

    public static final Duration RESULT_TIMEOUT = Duration.ofSeconds(25);

    private PipelineDefaults() {}

    /** Half of the processors: the other half polls, prepares and writes, and would be waited for otherwise. */
    public static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
