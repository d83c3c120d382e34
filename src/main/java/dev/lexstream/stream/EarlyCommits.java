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

    /** The last poll of a thread: all partitions of the thread, and when it committed early for the last time. */
    private record Poll(Set<TopicPartition> partitions, boolean more, long committed) {}

    /**
     * @param arrivals what is polled and not processed
     * @param least from one early commit to the next of the same thread, so that a trickle of records does not make a commit
     *     of each
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
        long last = partitions.stream()
                .map(polls::get)
                .filter(poll -> poll != null)
                .mapToLong(Poll::committed)
                .max()
                .orElse(clock.getAsLong() - least.toNanos());
        Poll poll = new Poll(partitions, more, last);
        partitions.forEach(partition -> polls.put(partition, poll));
    }

    /** Whether the record of this partition that is processed now was the last in hand, and the thread should commit. */
    boolean processed(TopicPartition partition) {
        Poll poll = polls.get(partition);
        if (!enabled || poll == null || poll.more() || arrivals.size(poll.partitions()) > 0) {
            return false;
        }
        long now = clock.getAsLong();
        if (now - poll.committed() < least.toNanos()) {
            return false;
        }
        Poll done = new Poll(poll.partitions(), false, now);
        poll.partitions().forEach(each -> polls.replace(each, done));
        return true;
    }

    /** The partition is somebody else's from now on. */
    void drop(TopicPartition partition) {
        polls.remove(partition);
    }
}
