package dev.lexstream.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What commands print to. Most of it holds foreign strings (texts, labels, names of bundles, messages of exceptions), so
 * control characters are escaped here, in one place: all but line ends and tabs in what is printed, and these too in what
 * is filled into a format. Only {@link #styled} lets colours through.
 */
final class TerminalStream extends PrintStream {

    /** @param out takes what is printed, in UTF-8; flushed with each line */
    TerminalStream(PrintStream out) {
        super(out, true, StandardCharsets.UTF_8);
    }

    /** Prints text that is already safe, such as a table with colours. */
    static void styled(PrintStream out, String text) {
        if (out instanceof TerminalStream terminal) {
            terminal.raw(text);
        } else {
            out.print(text);
        }
    }

    private void raw(String text) {
        super.print(text);
    }

    @Override
    public void print(String text) {
        super.print(Printable.lines(String.valueOf(text)));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }

    @Override
    public void print(char c) {
        print(String.valueOf(c));
    }

    @Override
    public void print(char[] text) {
        print(String.valueOf(text));
    }

    @Override
    public void println(String text) {
        synchronized (this) {
            print(text);
            println();
        }
    }

    @Override
    public void println(Object object) {
        println(String.valueOf(object));
    }

    @Override
    public void println(char c) {
        println(String.valueOf(c));
    }

    @Override
    public void println(char[] text) {
        println(String.valueOf(text));
    }

    @Override
    public PrintStream format(String format, Object... values) {
        return super.format(format, harmless(values));
    }

    @Override
    public PrintStream format(Locale locale, String format, Object... values) {
        return super.format(locale, format, harmless(values));
    }

    /** Numbers stay what they are, as the format needs them. */
    private static Object[] harmless(Object... values) {
        return Arrays.stream(values)
                .map(value -> value == null
                                || value instanceof Number
                                || value instanceof Boolean
                                || value instanceof Character
                        ? value
                        : Printable.line(value.toString()))
                .toArray();
    }
}
