package dev.lexstream.growth;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the time of every class that reads texts grows with the length of hostile texts: processor time of the
 * thread, medians of five after a warm-up, over doubling lengths. Linear time doubles with each; what grows by more than 2.3 is marked.
 *
 * <p>How to run it is in the page on benchmarks. Arguments, all of which may be left out: a pattern of class names, one of
 * names of texts, and the longest length.
 */
public final class TextGrowthBenchmark {

    private static final int SHORTEST = 1 << 15;
    private static final int LONGEST = 1 << 20;
    private static final int ROUNDS = 5;
    private static final double MOST_GROWTH = 2.3;

    /** Of shorter times, the clock and the collector are a large part. */
    private static final double SHORTEST_MILLIS = 2;

    /** Nothing that takes so long is measured at twice the length. */
    private static final double LONGEST_MILLIS = 20_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private TextGrowthBenchmark() {}

    public static void main(String[] arguments) {
        Pattern classes = Pattern.compile(arguments.length > 0 ? arguments[0] : ".*");
        Pattern texts = Pattern.compile(arguments.length > 1 ? arguments[1] : ".*");
        int longest = arguments.length > 2 ? Integer.parseInt(arguments[2]) : LONGEST;
        for (TextWork work : TextWork.all()) {
            if (classes.matcher(work.name()).matches()) {
                System.out.printf("%n%s, milliseconds%n", work.name());
                HostileText.ALL.stream()
                        .filter(text -> texts.matcher(text.name()).matches())
                        .forEach(text -> measure(work, text, longest));
            }
        }
    }

    private static void measure(TextWork work, HostileText text, int longest) {
        StringBuilder line = new StringBuilder(String.format("  %-24s", text.name()));
        double before = 0;
        double worst = 0;
        for (int length = SHORTEST; length <= longest && before < LONGEST_MILLIS; length *= 2) {
            double millis;
            try {
                millis = median(work, text.of(length));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                line.append(" ").append(e.getClass().getSimpleName());
                break;
            }
            line.append(String.format(Locale.ROOT, " %9.2f", millis));
            worst = before < SHORTEST_MILLIS ? worst : Math.max(worst, millis / before);
            before = millis;
        }
        line.append(worst == 0 ? "   -" : String.format(Locale.ROOT, "   x%.2f", worst));
        System.out.println(line + (worst > MOST_GROWTH ? " <<<" : ""));
    }

    private static double median(TextWork work, String text) {
        double[] millis = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            work.work().accept(text);
            double taken = (THREADS.getCurrentThreadCpuTime() - begin) / 1e6;
            if (taken > 1000 && round < 0) {
                return taken; // once will do
            }
            if (round >= 0) {
                millis[round] = taken;
            }
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }
}
