package dev.lexstream.cli;

import dev.lexstream.app.check.Finding;
import dev.lexstream.app.check.Part;
import dev.lexstream.app.check.Summary;
import dev.lexstream.failure.ExitCode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Prints findings as they come: a line with a mark for each, under the name of what they belong to. Used by one thread. */
final class FindingPrinter {

    private final PrintStream out;
    private final Ansi ansi;
    private final boolean symbols;
    private Part last;

    /** @param symbols whether marks are signs such as a tick, and not words */
    FindingPrinter(PrintStream out, Ansi ansi, boolean symbols) {
        this.out = out;
        this.ansi = ansi;
        this.symbols = symbols;
    }

    void print(Finding finding) {
        if (finding.part() != last) {
            last = finding.part();
            line(ansi.string("@|bold " + last + "|@"));
        }
        Mark mark = mark(finding);
        String word = symbols ? mark.symbol() : mark.word();
        int width = symbols ? 1 : Mark.WIDTH;
        line("  " + ansi.string("@|" + mark.style() + " " + word + "|@") + " ".repeat(width - word.length() + 1)
                + Printable.line(finding.what()));
        String indent = " ".repeat(width + 5);
        finding.details().forEach(detail -> line(indent + Printable.line(detail)));
    }

    void print(Summary summary) {
        List<String> counts = new ArrayList<>();
        counts.add(summary.passed() + " ok");
        if (summary.warned() > 0) {
            counts.add(summary.warned() + (summary.warned() == 1 ? " warning" : " warnings"));
        }
        if (summary.leftOut() > 0) {
            counts.add(summary.leftOut() + " left out");
        }
        if (summary.failed() > 0) {
            counts.add(summary.failed() + " failed");
        }
        ExitCode code = summary.code();
        String end = code == ExitCode.OK ? "" : ": exit code " + code.code() + ", " + code.meaning();
        line("");
        line(ansi.string("@|bold " + String.join(", ", counts) + "|@") + end);
    }

    /** How a finding is marked. */
    private record Mark(String symbol, String word, String style) {

        /** Of the longest word. */
        static final int WIDTH = 8;
    }

    private static Mark mark(Finding finding) {
        if (finding instanceof Finding.Passed) {
            return new Mark("✔", "ok", "green");
        } else if (finding instanceof Finding.Warned) {
            return new Mark("!", "WARNING", "yellow");
        } else if (finding instanceof Finding.Failed) {
            return new Mark("✘", "FAILED", "red");
        }
        return new Mark("-", "left out", "faint");
    }

    private void line(String text) {
        TerminalStream.styled(out, text + System.lineSeparator());
    }
}
