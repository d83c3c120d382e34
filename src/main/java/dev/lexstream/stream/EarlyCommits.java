package dev.lexstream.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when a stream thread should commit before {@code commit.interval.ms} has passed: when all records of a poll are
 * processed and none is known to wait in the topic. Waiting for more before committing would only make these late then.
 * While there are more than the models have room for, the interval alone decides.
 *
 * <p>Threading: stream threads share one instance; at any time one of them owns a partition.
 */
final class EarlyCommits {

    private final long leastNanos;
    private final boolean enabled;
    private final LongSupplier clock;
    private final Map<TopicPartition, Poll> polls = new ConcurrentHashMap<>();

    /** Records of a poll that are not processed, and when the last poll that ended in a commit began. */
    private record Poll(AtomicInteger left, boolean commits, long committing) {}

    /**
     * @param least from one poll that ends in an early commit to the next of the same thread, so that a trickle of records
     *     does not make a commit of each
     * @param enabled false: never
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    EarlyCommits(Duration least, boolean enabled, LongSupplier clock) {
        this.leastNanos = least.toNanos();
        this.enabled = enabled;
        this.clock = clock;
    }

    /**
     * A poll of a stream thread has returned records.
     *
     * @param partitions theirs
     * @param records how many
     * @param more whether others are ready, wait in the topic or found no room
     */
    void polled(Set<TopicPartition> partitions, int records, boolean more) {
        long now = clock.getAsLong();
        long last = last(partitions, now);
        boolean commits = enabled && !more && now - last >= leastNanos;
        Poll poll = new Poll(new AtomicInteger(records), commits, commits ? now : last);
        partitions.forEach(partition -> polls.put(partition, poll));
    }

    /** Nanoseconds until a poll of these partitions may end in an early commit; 0 when it may now, or none ever does. */
    long untilNext(Set<TopicPartition> partitions) {
        long now = clock.getAsLong();
        return enabled ? Math.max(0, last(partitions, now) + leastNanos - now) : 0;
    }

    private long last(Set<TopicPartition> partitions, long now) {
        long last = now - leastNanos;
        for (TopicPartition partition : partitions) {
            Poll poll = polls.get(partition);
            last = poll == null ? last : Math.max(last, poll.committing());
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
