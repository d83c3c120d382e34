package dev.lexstream.growth;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Looks for texts on which a class takes more than linear time: those of {@link HostileText}, then repeated pieces of a few
 * fragments with others before and after, by chance. Prints what it finds; a quick look that {@link TextGrowthBenchmark}
 * confirms.
 *
 * <p>Started as the benchmark is; arguments are a pattern of class names, seconds for each class, and a seed.
 */
public final class TextGrowthSearch {

    private static final int SHORT = 1 << 13;
    private static final int TIMES = 4;

    /** Of four times the length; linear time with its noise is below, quadratic time is 16. */
    private static final double MOST_GROWTH = 7;

    private static final double SHORTEST_MILLIS = 4;

    private static final int LOOKS = 3;

    private static final List<String> FRAGMENTS = List.of(
            ("a|A|b|Z|1|2|.|,|:|/|@|#|-|_|'|\u2019|!|?|(|)|[|]|{|}|<|>|&|\"|;|=|*|~|+|$|%|\\| |\t|\n|\r|www.|http://|.com|st|th"
                            + "|n't|'s|can|not|Dr.|e.g.|a.m.|U.S.|8D|:)|<3|\u0301|\u0316|\u0345|\u093c|\u094d|\u200d|\ufe0f|\u20e3|\u00ad"
                            + "|\u200b|\u200e|\ufeff|\u0000|\u0001|\u001b[1m|\u0085|\u00a0|\u2028|\u3000|\u03a3|\u0130|\u00df|\u01c5|\u0345|\ufb03"
                            + "|\ufdfa|\u0e33|\u1100|\u1161|\u11a8|\ud55c|\u0915|\u05d0|\u05b7|\u0661|\u00bd|\u2167|\u5b57|\u3002|\uff01|\u2026|\uff0e"
                            + "|\uff61|\u300c|\u300d|\u3001|\ud840\udc00|\ud83d\ude00|\ud83d\udc68\u200d|\ud83c\udffd|\ud83c\udde9|\ud83c\udde9\ud83c\uddea"
                            + "|\ud835\udfce|\ud801\udc00|\ud801\udc28|\udb40\udc61|[MASK]|[CLS]|[SEP]|##|<skipped>|&quot;|&amp;|\u2581|</s>|<unk>")
                    .split("\\|"));

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private TextGrowthSearch() {}

    public static void main(String[] arguments) {
        Pattern classes = Pattern.compile(arguments[0]);
        double seconds = Double.parseDouble(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        for (TextWork work : TextWork.all()) {
            if (classes.matcher(work.name()).matches()) {
                Random random = new Random(seed);
                long end = System.nanoTime() + (long) (seconds * 1e9);
                List<HostileText> texts = new ArrayList<>(HostileText.ALL);
                int tried = 0;
                while (tried < HostileText.ALL.size() || System.nanoTime() < end) {
                    look(work, tried < texts.size() ? texts.get(tried) : random(random));
                    tried++;
                }
                System.out.printf("%s: %d texts%n", work.name(), tried);
            }
        }
    }

    private static HostileText random(Random random) {
        return new HostileText("", some(random, 0, 2), some(random, 1, 4), some(random, 0, 2));
    }

    private static String some(Random random, int least, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(least, most + 1); i > 0; i--) {
            text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())).repeat(random.nextInt(8) == 0 ? 20 : 1));
        }
        return text.toString();
    }

    private static void look(TextWork work, HostileText text) {
        double least = Double.MAX_VALUE;
        double millis = 0;
        try {
            for (int i = 0; i < LOOKS && least > MOST_GROWTH; i++) {
                double once = millis(work, text.of(SHORT));
                millis = millis(work, text.of(TIMES * SHORT));
                least = Math.min(least, millis < SHORTEST_MILLIS ? 0 : millis / once);
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            System.out.printf("  %s on %s: %s%n", work.name(), text(text), e);
            return;
        }
        if (least > MOST_GROWTH) {
            System.out.printf(Locale.ROOT, "  %s on %s: x%.1f, %.0f ms%n", work.name(), text(text), least, millis);
        }
    }

    private static String text(HostileText text) {
        String whole = text.name() + " '" + text.prefix() + "' '" + text.piece() + "' '" + text.suffix() + "'";
        StringBuilder visible = new StringBuilder();
        whole.chars().forEach(c -> visible.append(c >= ' ' && c < 127 ? "" + (char) c : String.format("\\u%04x", c)));
        return visible.toString();
    }

    private static double millis(TextWork work, String text) {
        long begin = THREADS.getCurrentThreadCpuTime();
        work.work().accept(text);
        return (THREADS.getCurrentThreadCpuTime() - begin) / 1e6;
    }
}
