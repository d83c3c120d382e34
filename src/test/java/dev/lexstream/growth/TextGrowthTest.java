package dev.lexstream.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.nlp.NormalForm;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No text costs a class that reads it more than ten seconds of processor time for a million characters of its
 * compatibility form, a coarse bound that only more than linear time exceeds. {@link TextGrowthBenchmark}
 * measures the growth itself.
 */
class TextGrowthTest {

    private static final int LENGTH = 1 << 14;
    private static final double MOST_MILLIS = 10_000.0 * LENGTH / 1_000_000;

    /** At first classes are loaded and code is interpreted, for long where the compiler waits for a busy machine. */
    private static final int LOOKS = 25;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static Stream<TextWork> works() {
        return TextWork.all().stream();
    }

    @ParameterizedTest
    @MethodSource("works")
    void everyTextIsReadInLinearTime(TextWork work) {
        List<String> slow = new ArrayList<>();
        for (HostileText text : HostileText.ALL) {
            String content = text.of(LENGTH);
            // a ligature may stand for eighteen letters, all of which are read
            double letters = NormalForm.of(content, Normalizer.Form.NFKC).length();
            double most = MOST_MILLIS * Math.max(1, letters / LENGTH);
            double millis = millis(work, content, most);
            if (millis >= most) {
                slow.add(text.name() + ": " + Math.round(millis) + " ms");
            }
        }
        assertThat(slow).as("%s, texts that take too long", work.name()).isEmpty();
    }

    private static double millis(TextWork work, String text, double most) {
        double millis = Double.MAX_VALUE;
        for (int i = 0; i < LOOKS && millis >= most; i++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            work.work().accept(text);
            millis = Math.min(millis, (THREADS.getCurrentThreadCpuTime() - begin) / 1e6);
        }
        return millis;
    }
}
