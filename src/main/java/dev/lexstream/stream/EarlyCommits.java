package dev.lexstream.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when a stream thread should commit before {@code commit.interval.ms} has passed: when all records of a poll are
 * processed and none is known to wait in the topic. Waiting for more before committing would only make these late then.
 * Such commits have a least distance, but when nothing is under way any more, the end of a burst is committed at once. While
 * there are more records than the models have room for, the interval alone decides.
 *
 * <p>Threading: stream threads share one instance; at any time one of them owns a partition.
 */
final class EarlyCommits {

    private final long leastNanos;
    private final long intervalNanos;
    private final boolean enabled;
    private final LongSupplier clock;
    private final Map<TopicPartition, Poll> polls = new ConcurrentHashMap<>();

    /** What a stream thread knows about the records after those of a poll. */
    enum Next {
        /** Others are ready, wait in the topic or found no room. */
        MORE,
        /** Others wait for their results. */
        UNDER_WAY,
        /** None that it knows of. */
        NONE
    }

    /**
     * Records of a poll that are not processed, and when the last polls began that ended in a commit: of whatever kind, and
     * because nothing was under way.
     */
    private record Poll(AtomicInteger left, boolean commits, long committing, long resting) {}

    /**
     * @param least from one poll that ends in an early commit to the next of the same thread, so that a trickle of records
     *     does not make a commit of each
     * @param interval from one poll that commits sooner than that, because nothing is under way, to the next
     * @param enabled false: never
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    EarlyCommits(Duration least, Duration interval, boolean enabled, LongSupplier clock) {
        this.leastNanos = least.toNanos();
        this.intervalNanos = interval.toNanos();
        this.enabled = enabled;
        this.clock = clock;
    }

    /**
     * A poll of a stream thread has returned records.
     *
     * @param partitions theirs
     * @param records how many
     * @param next what comes after them
     */
    void polled(Set<TopicPartition> partitions, int records, Next next) {
        long now = clock.getAsLong();
        long last = last(partitions, now - leastNanos, Poll::committing);
        long rested = last(partitions, now - intervalNanos, Poll::resting);
        boolean apart = now - last >= leastNanos;
        boolean rests = next == Next.NONE && !apart && now - rested >= intervalNanos;
        boolean commits = enabled && next != Next.MORE && (apart || rests);
        Poll poll = new Poll(new AtomicInteger(records), commits, commits ? now : last, rests ? now : rested);
        partitions.forEach(partition -> polls.put(partition, poll));
    }

    /**
     * Nanoseconds until a poll of these partitions may end in an early commit; 0 when it may now, or none ever does.
     *
     * @param resting whether nothing of them is under way
     */
    long untilNext(Set<TopicPartition> partitions, boolean resting) {
        if (!enabled) {
            return 0;
        }
        long now = clock.getAsLong();
        long next = last(partitions, now - leastNanos, Poll::committing) + leastNanos;
        if (resting) {
            next = Math.min(next, last(partitions, now - intervalNanos, Poll::resting) + intervalNanos);
        }
        return Math.max(0, next - now);
    }

    private long last(Set<TopicPartition> partitions, long least, ToLongFunction<Poll> time) {
        long last = least;
        for (TopicPartition partition : partitions) {
            Poll poll = polls.get(partition);
            last = poll == null ? last : Math.max(last, time.applyAsLong(poll));
        }
        return last;
    }

    /** Whether the processing of this record was the last of its poll, and the thread should commit now. */
    boolean processed(TopicPartition partition) {
        Poll poll = polls.get(partition);
        return poll != null && poll.left().decrementAndGet() == 0 && poll.commits();
    }

    /** The partition is somebody else's from now on. */
    void drop(TopicPartition partition) {
        polls.remove(partition);
    }
}
