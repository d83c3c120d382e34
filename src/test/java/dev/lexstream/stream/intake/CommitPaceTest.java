package dev.lexstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private long nanos = -5;
    private final CommitPace pace = new CommitPace(Duration.ofMillis(250), () -> nanos);

    private void pass(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    @Test
    void theLastRecordOfAHandOverCommits() {
        pace.handedOver(3, false, false);

        assertThat(pace.processed()).isFalse();
        assertThat(pace.processed()).isFalse();
        assertThat(pace.processed()).isTrue();
    }

    @Test
    void whereRecordsWaitInTheTopicTheIntervalDecides() {
        pace.handedOver(100, false, true);
        for (int i = 0; i < 100; i++) {
            assertThat(pace.processed()).isFalse();
        }
    }

    @Test
    void theFirstHandOverIsAtOnceAndOthersHaveADistance() {
        assertThat(pace.untilNext(false)).isZero();
        pace.handedOver(1, false, false);
        pass(20);
        assertThat(millis(pace.untilNext(false))).isEqualTo(30);
        pass(30);
        assertThat(pace.untilNext(false)).isZero();
    }

    @Test
    void theEndOfABurstIsHandedOverAtOnceButNotEachRecordOfATrickle() {
        pace.handedOver(1, false, false);
        pass(10);
        assertThat(pace.untilNext(true)).isZero();
        pace.handedOver(1, true, false);
        assertThat(pace.processed()).isTrue();

        pass(10);
        assertThat(millis(pace.untilNext(true))).isEqualTo(40);
    }

    @Test
    void aTrickleOfRecordsDoesNotMakeACommitOfEach() {
        int commits = 0;
        for (int i = 0; i < 100; i++) {
            if (pace.untilNext(true) == 0) {
                pace.handedOver(1, true, false);
                commits += pace.processed() ? 1 : 0;
            }
            pass(10);
        }
        assertThat(commits).isBetween(15, 30);
    }

    /** Records of a partition that went elsewhere are never processed. */
    @Test
    void recordsThatAreNeverProcessedHoldUpNoLaterCommit() {
        pace.handedOver(5, false, false);
        pass(50);
        pace.handedOver(1, false, false);

        assertThat(pace.processed()).isTrue();
    }

    @Test
    void withoutAnIntervalNothingWaitsOrCommits() {
        CommitPace none = new CommitPace(Duration.ZERO, () -> nanos);
        none.handedOver(1, false, false);

        assertThat(none.processed()).isFalse();
        assertThat(none.untilNext(false)).isZero();
    }
}
