package dev.lexstream.stream.fault;

import dev.lexstream.failure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters by reason, and when there are too many. The first one of a minute that has seen none is logged at once, all others
 * of a minute together. Those of transactions that were aborted afterwards are made, and counted, again.
 *
 * <p>Threading: all threads share one instance.
 */
public final class DeadLetterCounts {

    /** How many dead letters there must be within a minute before their share counts. */
    static final int MIN_FOR_SHARE = 100;

    /** Of the reason {@link Reason#INTERNAL}, within an hour: more are no fault of the records. */
    static final int MAX_INTERNAL = 20;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterCounts.class);

    private final String topic;
    private final double maxShare;
    private final Clock clock;
    private final Map<Reason, Long> total = new EnumMap<>(Reason.class);
    private final Map<Reason, Long> sinceReport = new EnumMap<>(Reason.class);
    private final Deque<Instant> internal = new ArrayDeque<>();
    private boolean announced;
    private Instant minute = Instant.MIN;
    private long readInMinute;
    private long deadInMinute;

    /**
     * @param topic where they go, for messages
     * @param maxShare of the records of a minute, 0 to 1; 1 for no limit
     * @param clock tells minutes apart
     */
    public DeadLetterCounts(String topic, double maxShare, Clock clock) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.maxShare = maxShare;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** A record is processed: it may become an output record or a dead letter. */
    public synchronized void read() {
        if (maxShare < 1) {
            beginMinute();
            readInMinute++;
        }
    }

    /**
     * Counts a dead letter.
     *
     * @throws DeadLetterException when it is one too many
     */
    synchronized void add(Reason reason, ErrorHandlerContext context, Exception failure) {
        total.merge(reason, 1L, Long::sum);
        sinceReport.merge(reason, 1L, Long::sum);
        if (!announced) {
            announced = true;
            LOG.warn(
                    "Dead letter to topic {}: {}-{} offset {} at node {}, {}: {}. Others within a minute are counted together",
                    topic,
                    context.topic(),
                    context.partition(),
                    context.offset(),
                    context.processorNodeId(),
                    reason.code(),
                    failure.getMessage());
        }
        requireShare();
        if (reason == Reason.INTERNAL) {
            requireFewInternal(failure);
        }
    }

    private void requireShare() {
        if (maxShare < 1) {
            beginMinute();
            deadInMinute++;
            if (deadInMinute >= MIN_FOR_SHARE && deadInMinute > maxShare * readInMinute) {
                throw new DeadLetterException(
                        Reason.TOO_MANY_DEAD_LETTERS,
                        "%d of %d records within a minute are dead letters (%s in all); allowed is a share of %s (dead-letters.max-share)"
                                .formatted(deadInMinute, readInMinute, text(total), maxShare));
            }
        }
    }

    private void beginMinute() {
        Instant now = clock.instant();
        if (!now.isBefore(minute.plus(MINUTE))) {
            minute = now;
            readInMinute = 0;
            deadInMinute = 0;
        }
    }

    private void requireFewInternal(Exception failure) {
        Instant now = clock.instant();
        while (!internal.isEmpty() && internal.getFirst().isBefore(now.minus(HOUR))) {
            internal.removeFirst();
        }
        internal.addLast(now);
        if (internal.size() > MAX_INTERNAL) {
            throw new DeadLetterException(
                    Reason.TOO_MANY_DEAD_LETTERS,
                    "%d records within an hour have failed three times each for reasons that are not known, the last with %s; allowed are %d"
                            .formatted(internal.size(), failure, MAX_INTERNAL));
        }
    }

    /** Logs what came since the last call, when anything did. Called once a minute. */
    public synchronized void report() {
        if (!sinceReport.isEmpty()) {
            LOG.warn(
                    "{} dead letters to topic {} in the last minute: {}; {} in all",
                    sum(sinceReport),
                    topic,
                    text(sinceReport),
                    sum(total));
        }
        announced = !sinceReport.isEmpty() && announced;
        sinceReport.clear();
    }

    /** So far, by reason. */
    public synchronized Map<Reason, Long> byReason() {
        return new EnumMap<>(total);
    }

    /** So far. */
    public synchronized long count() {
        return sum(total);
    }

    private static long sum(Map<Reason, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String text(Map<Reason, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey().code() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
