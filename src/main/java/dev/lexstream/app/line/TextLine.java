package dev.lexstream.app.line;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A line of input.
 *
 * @param source what it was read from: a file as it was named, {@code stdin}, or {@code text} for an argument
 * @param number in its source, from 1
 * @param bytes without the line's end and a byte order mark; null where there are more than a line may have. Nobody may change
 *     them
 * @param position bytes of all files up to where this line ends or a little behind it, to show how far the work is
 */
public record TextLine(String source, long number, byte[] bytes, long position) {

    public TextLine {
        Objects.requireNonNull(source, "source");
    }

    /** Names the line: the source, of a file its name without its folder, and the number. */
    String id() {
        Path name = Path.of(source).getFileName();
        return (name == null ? source : name) + "-" + number;
    }

    /** Bytes that it holds in memory. */
    int size() {
        return bytes == null ? 0 : bytes.length;
    }
}
