package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.event.UndecodableEventException;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EarlyCommitsTest {

    private static final TopicPartition FIRST = new TopicPartition("texts", 0);
    private static final TopicPartition SECOND = new TopicPartition("texts", 1);
    private static final Set<TopicPartition> BOTH = Set.of(FIRST, SECOND);
    private static final byte[] VALUE = {1};

    private final Arrivals arrivals = new Arrivals();
    private long nanos = -5;
    private long offset;
    private final EarlyCommits commits = new EarlyCommits(arrivals, Duration.ofMillis(50), true, () -> nanos);

    private void pass(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }

    private long arrive(TopicPartition partition) {
        arrivals.put(partition, ++offset, VALUE, new Arrival.Undecodable(new UndecodableEventException("no text")));
        return offset;
    }

    private boolean process(TopicPartition partition, long which) {
        arrivals.take(partition, which, VALUE);
        return commits.processed(partition);
    }

    /** A poll of one record, and its processing. */
    private boolean pollAndProcess(TopicPartition partition) {
        long which = arrive(partition);
        commits.polled(BOTH, false);
        return process(partition, which);
    }

    @Test
    void theLastRecordInHandCommitsWhateverItsPartition() {
        long first = arrive(FIRST);
        long second = arrive(SECOND);
        long third = arrive(SECOND);
        commits.polled(BOTH, false);

        assertThat(process(SECOND, second)).isFalse();
        assertThat(process(FIRST, first)).isFalse();
        assertThat(process(SECOND, third)).isTrue();
    }

    @Test
    void whatAnEarlierPollHasLeftInHandComesFirst() {
        long first = arrive(FIRST);
        commits.polled(BOTH, true);
        long second = arrive(SECOND);
        commits.polled(BOTH, false);

        assertThat(process(SECOND, second)).isFalse();
        assertThat(process(FIRST, first)).isTrue();
    }

    @Test
    void aPollThatLeavesOthersBehindLeavesTheCommitToTheInterval() {
        long first = arrive(FIRST);
        commits.polled(BOTH, true);

        assertThat(process(FIRST, first)).isFalse();
    }

    @Test
    void aTrickleOfRecordsDoesNotMakeACommitOfEach() {
        int early = 0;
        for (int i = 0; i < 100; i++) {
            early += pollAndProcess(i % 2 == 0 ? FIRST : SECOND) ? 1 : 0;
            pass(10);
        }
        assertThat(early).isBetween(15, 30);
    }

    @Test
    void afterAPauseTheNextPollCommitsAtOnce() {
        assertThat(pollAndProcess(FIRST)).isTrue();
        assertThat(pollAndProcess(FIRST)).isFalse();

        pass(50);
        assertThat(pollAndProcess(FIRST)).isTrue();
    }

    @Test
    void recordsOfAPartitionThatWasGivenUpCommitNothing() {
        long first = arrive(FIRST);
        commits.polled(Set.of(FIRST), false);
        commits.drop(FIRST);

        assertThat(process(FIRST, first)).isFalse();
        assertThat(commits.processed(SECOND)).isFalse();
    }

    @Test
    void recordsThatWereNeverSubmittedDoNotMakeACommitOfEach() {
        commits.polled(BOTH, false);

        assertThat(commits.processed(FIRST)).isTrue();
        assertThat(commits.processed(FIRST)).isFalse();
        assertThat(commits.processed(SECOND)).isFalse();
    }

    @Test
    void withoutThemNothingCommits() {
        EarlyCommits none = new EarlyCommits(arrivals, Duration.ZERO, false, () -> nanos);
        none.polled(BOTH, false);

        assertThat(none.processed(FIRST)).isFalse();
    }
}
