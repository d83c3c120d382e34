package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The records of about a second, within limits. */
class ReadAheadTest {

    private static final int LEAST = 1000;
    private static final int MOST = 3000;

    private final AtomicLong now = new AtomicLong(-7); // a clock of nanoseconds may start anywhere
    private final ReadAhead ahead = new ReadAhead(LEAST, MOST, now::get);

    /** Results at a steady pace. */
    private void results(int perTenth, int tenths) {
        for (int i = 0; i < tenths; i++) {
            now.addAndGet(100_000_000);
            ahead.left(perTenth);
        }
    }

    @Test
    void beginsWithTheLeast() {
        assertThat(ahead.limit()).isEqualTo(LEAST);
    }

    @Test
    void isWhatASecondGives() {
        results(200, 10);
        assertThat(ahead.limit()).isEqualTo(2000);
    }

    @Test
    void isAtMostTheMost() {
        results(5000, 10);
        assertThat(ahead.limit()).isEqualTo(MOST);
    }

    @Test
    void followsSlowerResultsDownToTheLeast() {
        results(5000, 10);
        results(150, 10);
        assertThat(ahead.limit()).isEqualTo(1500);
        results(1, 10);
        assertThat(ahead.limit()).isEqualTo(LEAST);
    }

    @Test
    void aPauseCountsAsTimeWithoutResults() {
        results(5000, 10);
        now.addAndGet(60_000_000_000L);
        ahead.left(1);
        assertThat(ahead.limit()).isEqualTo(LEAST);
    }

    @Test
    void aBurstWithinTheWindowIsNoRate() {
        now.addAndGet(1_000_000);
        ahead.left(2900);
        assertThat(ahead.limit()).isEqualTo(LEAST);
    }

    @Property
    void staysWithinItsLimits(
            @ForAll @Size(max = 50) int[] records, @ForAll @IntRange(min = 0, max = 2_000_000_000) int step) {
        for (int some : records) {
            now.addAndGet(step);
            ahead.left(Math.abs(some % 100_000));
            assertThat(ahead.limit()).isBetween(LEAST, MOST);
        }
    }
}
