package dev.lexstream.app.line;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Where lines come from. Used, and closed, by one thread. */
public interface LineSource extends Closeable {

    /**
     * The next line, after waiting for it; empty after the last.
     *
     * @throws IOException when the source cannot be read on; names it
     */
    Optional<TextLine> next() throws IOException;
}
