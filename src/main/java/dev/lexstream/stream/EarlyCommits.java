package dev.lexstream.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when a stream thread should commit before {@code commit.interval.ms} has passed: when all records in hand are
 * processed and the last poll left none behind. Nothing waits in the topic then, so waiting for more before committing would
 * only make the records in hand late. Under full load there is always more and the interval alone decides.
 *
 * <p>Threading: stream threads share one instance; at any time one of them owns a partition.
 */
final class EarlyCommits {

    private final Arrivals arrivals;
    private final Duration least;
    private final boolean enabled;
    private final LongSupplier clock;
    private final Map<TopicPartition, Poll> polls = new ConcurrentHashMap<>();

    /** The last poll of a thread: all partitions of the thread, and when the last poll that ended in a commit began. */
    private record Poll(Set<TopicPartition> partitions, boolean commits, long committing) {}

    /**
     * @param arrivals what is polled and not processed
     * @param least from one poll that ends in an early commit to the next of the same thread, so that a trickle of records
     *     does not make a commit of each
     * @param enabled false: never
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    EarlyCommits(Arrivals arrivals, Duration least, boolean enabled, LongSupplier clock) {
        this.arrivals = arrivals;
        this.least = least;
        this.enabled = enabled;
        this.clock = clock;
    }

    /**
     * A poll of a stream thread has returned records.
     *
     * @param partitions all those of the thread
     * @param more whether the poll has left records in the topic
     */
    void polled(Set<TopicPartition> partitions, boolean more) {
        long now = clock.getAsLong();
        long last = partitions.stream()
                .map(polls::get)
                .filter(poll -> poll != null)
                .mapToLong(Poll::committing)
                .max()
                .orElse(now - least.toNanos());
        boolean commits = enabled && !more && now - last >= least.toNanos();
        Poll poll = new Poll(partitions, commits, commits ? now : last);
        partitions.forEach(partition -> polls.put(partition, poll));
    }

    /** Whether the record of this partition that is processed now was the last in hand, and the thread should commit. */
    boolean processed(TopicPartition partition) {
        Poll poll = polls.get(partition);
        return poll != null && poll.commits() && arrivals.size(poll.partitions()) == 0;
    }

    /** The partition is somebody else's from now on. */
    void drop(TopicPartition partition) {
        polls.remove(partition);
    }
}
