package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PendingLimitTest {

    private static final int LEAST = 64;
    private static final int MOST = 3000;

    private long nanos = -7;
    private final PendingLimit limit = new PendingLimit(LEAST, MOST, () -> nanos);

    /** Polls for ten seconds, ten times a second, at so many processed records a second; gives the last limit. */
    private int run(int perSecond, boolean more) {
        int last = 0;
        int inHand = 0;
        for (int i = 0; i < 100; i++) {
            last = limit.get(inHand);
            int filled = Math.max(inHand, last);
            limit.polled(filled, more);
            nanos += Duration.ofMillis(100).toNanos();
            inHand = Math.max(0, filled - perSecond / 10);
        }
        return last;
    }

    @Property
    void itIsWhatIsProcessedInTheTime(@ForAll @IntRange(min = 10, max = 5000) int perSecond) {
        long fitting = 10L * (perSecond / 10) * PendingLimit.WORK.toSeconds();

        assertThat((long) run(perSecond, true)).isCloseTo(Math.max(LEAST, Math.min(MOST, fitting)), within(1L));
    }

    @Example
    void aTrickleSaysNothingOfTheModels() {
        int before = run(10_000, true);

        assertThat(run(10, false)).isEqualTo(before).isEqualTo(MOST);
    }

    @Example
    void theMostMayBeFewerThanTheFirst() {
        PendingLimit few = new PendingLimit(10, 20, () -> nanos);

        assertThat(few.get(0)).isEqualTo(20);
    }

    @Example
    void itGrowsStepByStep() {
        int first = limit.get(0);
        limit.polled(first, true);
        nanos += Duration.ofMillis(100).toNanos();

        assertThat(limit.get(0)).isEqualTo(4 * first);
    }
}
