package dev.lexstream.bench;

import dev.lexstream.train.DataException;
import dev.lexstream.train.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file of events cannot be used. The message names the file and what is wrong with its lines. */
public final class EventFileException extends IOException {

    private static final long serialVersionUID = 1L;

    EventFileException(Path file, List<String> problems) {
        super(VisibleText.escaped(file.toString()) + ": " + String.join("; ", problems));
    }

    /** The file cannot be read as lines of text. */
    EventFileException(DataException cause) {
        super(cause.getMessage(), cause);
    }
}
