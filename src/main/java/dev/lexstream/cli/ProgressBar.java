package dev.lexstream.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far a long work is, in one line that is drawn over and over on a terminal; in a log there are only the lines
 * that stay. Not thread-safe.
 */
final class ProgressBar {

    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private long drawn;

    /** @param terminal whether {@code out} understands carriage returns */
    ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Draws the bar, at most ten times a second and whenever it is complete. */
    void update(String label, int done, int total, String note) {
        long now = System.nanoTime();
        if (!terminal || (done < total && now - drawn < REDRAW_NANOS)) {
            return;
        }
        drawn = now;
        int filled = (int) ((long) WIDTH * done / Math.max(1, total));
        String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        String line = String.format(Locale.ROOT, "%s %s %d/%d  %s", label, bar, done, total, note);
        TerminalStream.styled(out, "\r\033[K" + Printable.line(line));
        out.flush();
    }

    /** Replaces the bar by a line that stays. */
    void line(String line) {
        TerminalStream.styled(out, terminal ? "\r\033[K" : "");
        out.println(line);
        out.flush();
    }

    /** {@code 1:02:03} or {@code 2:03}. */
    static String clock(Duration duration) {
        return duration.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        duration.toHours(),
                        duration.toMinutesPart(),
                        duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }
}
