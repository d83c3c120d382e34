package dev.lexstream.train;

import java.nio.file.Path;

/**
 * A file of data cannot be used. The message names the file and the line, what was found there and what is allowed; it
 * holds no text of the file but names, whose control characters are escaped.
 */
public final class DataException extends TrainingException {

    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param line from 1; 0 for the file as a whole */
    DataException(Path file, int line, String problem) {
        this(file, line, problem, null);
    }

    DataException(Path file, int line, String problem, Throwable cause) {
        super(VisibleText.escaped(file.toString()) + (line == 0 ? ": " : " line " + line + ": ") + problem, cause);
        this.line = line;
    }

    /** The line, from 1; 0 for the file as a whole. */
    public int line() {
        return line;
    }
}
