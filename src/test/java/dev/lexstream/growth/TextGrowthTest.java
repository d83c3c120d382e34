package dev.lexstream.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No text costs a class that reads it more than ten seconds of processor time for a million characters, a coarse bound that
 * only more than linear time exceeds. {@link TextGrowthBenchmark} measures the growth itself.
 */
class TextGrowthTest {

    private static final int LENGTH = 1 << 14;
    private static final double MOST_MILLIS = 10_000.0 * LENGTH / 1_000_000;

    /** The first time, classes are loaded and the compiler is not done. */
    private static final int LOOKS = 3;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static Stream<TextWork> works() {
        return TextWork.all().stream();
    }

    @ParameterizedTest
    @MethodSource("works")
    void everyTextIsReadInLinearTime(TextWork work) {
        assertThat(HostileText.ALL).allSatisfy(text -> assertThat(millis(work, text.of(LENGTH)))
                .as("%s, milliseconds for '%s'", work.name(), text.name())
                .isLessThan(MOST_MILLIS));
    }

    private static double millis(TextWork work, String text) {
        double millis = Double.MAX_VALUE;
        for (int i = 0; i < LOOKS && millis >= MOST_MILLIS; i++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            work.work().accept(text);
            millis = Math.min(millis, (THREADS.getCurrentThreadCpuTime() - begin) / 1e6);
        }
        return millis;
    }
}
