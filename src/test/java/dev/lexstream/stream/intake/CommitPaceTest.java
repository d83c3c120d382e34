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
    void whereRecordsWaitInTheTopicTheIntervalDecides() {
        pace.handedOver(false, false);
        assertThat(pace.commits()).isTrue();
        pace.handedOver(false, true);
        assertThat(pace.commits()).isFalse();
    }

    @Test
    void theFirstHandOverIsAtOnceAndOthersHaveADistance() {
        assertThat(pace.untilNext(false)).isZero();
        pace.handedOver(false, false);
        pass(20);
        assertThat(millis(pace.untilNext(false))).isEqualTo(30);
        pass(30);
        assertThat(pace.untilNext(false)).isZero();
    }

    @Test
    void theEndOfABurstIsHandedOverAtOnceButNotEachRecordOfATrickle() {
        pace.handedOver(false, false);
        pass(10);
        assertThat(pace.untilNext(true)).isZero();
        pace.handedOver(true, false);
        assertThat(pace.commits()).isTrue();

        pass(10);
        assertThat(millis(pace.untilNext(true))).isEqualTo(40);
    }

    @Test
    void aTrickleOfRecordsDoesNotMakeACommitOfEach() {
        int commits = 0;
        for (int i = 0; i < 100; i++) {
            if (pace.untilNext(true) == 0) {
                pace.handedOver(true, false);
                commits += pace.commits() ? 1 : 0;
            }
            pass(10);
        }
        assertThat(commits).isBetween(15, 30);
    }

    @Test
    void withoutAnIntervalNothingWaitsOrCommits() {
        CommitPace none = new CommitPace(Duration.ZERO, () -> nanos);
        none.handedOver(false, false);

        assertThat(none.commits()).isFalse();
        assertThat(none.untilNext(false)).isZero();
    }
}
