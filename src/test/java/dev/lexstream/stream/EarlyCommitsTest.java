package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.stream.EarlyCommits.Next;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EarlyCommitsTest {

    private static final TopicPartition FIRST = new TopicPartition("texts", 0);
    private static final TopicPartition SECOND = new TopicPartition("texts", 1);

    private long nanos = -5;
    private final EarlyCommits commits =
            new EarlyCommits(Duration.ofMillis(50), Duration.ofMillis(250), true, () -> nanos);

    private void pass(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void theLastRecordOfAPollCommitsWhateverItsPartition() {
        commits.polled(Set.of(FIRST, SECOND), 3, Next.UNDER_WAY);

        assertThat(commits.processed(SECOND)).isFalse();
        assertThat(commits.processed(FIRST)).isFalse();
        assertThat(commits.processed(SECOND)).isTrue();
    }

    @Test
    void whereThereIsMoreTheIntervalDecides() {
        commits.polled(Set.of(FIRST), 100, Next.MORE);
        for (int i = 0; i < 100; i++) {
            assertThat(commits.processed(FIRST)).isFalse();
        }
    }

    @Test
    void aTrickleOfRecordsDoesNotMakeACommitOfEach() {
        int early = 0;
        for (int i = 0; i < 100; i++) {
            commits.polled(Set.of(i % 2 == 0 ? FIRST : SECOND), 1, Next.NONE);
            early += commits.processed(i % 2 == 0 ? FIRST : SECOND) ? 1 : 0;
            commits.polled(Set.of(FIRST, SECOND), 2, Next.NONE);
            boolean first = commits.processed(FIRST);
            boolean second = commits.processed(SECOND);
            early += first || second ? 1 : 0;
            pass(10);
        }
        assertThat(early).isBetween(15, 30);
    }

    @Test
    void afterAPauseTheNextPollCommitsAtOnce() {
        commits.polled(Set.of(FIRST), 1, Next.UNDER_WAY);
        assertThat(commits.processed(FIRST)).isTrue();
        commits.polled(Set.of(FIRST), 1, Next.UNDER_WAY);
        assertThat(commits.processed(FIRST)).isFalse();

        pass(50);
        commits.polled(Set.of(FIRST), 1, Next.UNDER_WAY);
        assertThat(commits.processed(FIRST)).isTrue();
    }

    @Test
    void theEndOfABurstCommitsAtOnceButNotOfEachInATrickle() {
        commits.polled(Set.of(FIRST), 1, Next.UNDER_WAY);
        assertThat(commits.processed(FIRST)).isTrue();
        pass(10);
        assertThat(commits.untilNext(Set.of(FIRST), true)).isZero();
        commits.polled(Set.of(FIRST), 1, Next.NONE);
        assertThat(commits.processed(FIRST)).isTrue();

        pass(10);
        commits.polled(Set.of(FIRST), 1, Next.NONE);
        assertThat(commits.processed(FIRST)).isFalse();
        assertThat(commits.untilNext(Set.of(FIRST), true))
                .isEqualTo(Duration.ofMillis(40).toNanos());
    }

    @Test
    void tellsHowLongUntilTheNext() {
        assertThat(commits.untilNext(Set.of(FIRST, SECOND), false)).isZero();
        commits.polled(Set.of(FIRST), 1, Next.UNDER_WAY);
        pass(20);
        commits.polled(Set.of(SECOND), 1, Next.MORE);

        assertThat(commits.untilNext(Set.of(FIRST, SECOND), false))
                .isEqualTo(Duration.ofMillis(30).toNanos());
        pass(40);
        assertThat(commits.untilNext(Set.of(FIRST, SECOND), false)).isZero();
    }

    @Test
    void recordsOfAPartitionThatWasGivenUpCommitNothing() {
        commits.polled(Set.of(FIRST), 1, Next.UNDER_WAY);
        commits.drop(FIRST);

        assertThat(commits.processed(FIRST)).isFalse();
        assertThat(commits.processed(SECOND)).isFalse();
    }

    @Test
    void switchedOffNothingCommits() {
        EarlyCommits none = new EarlyCommits(Duration.ZERO, Duration.ZERO, false, () -> nanos);
        none.polled(Set.of(FIRST), 1, Next.UNDER_WAY);

        assertThat(none.processed(FIRST)).isFalse();
        assertThat(none.untilNext(Set.of(FIRST), false)).isZero();
    }
}
