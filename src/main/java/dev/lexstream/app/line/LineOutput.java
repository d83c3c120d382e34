package dev.lexstream.app.line;

/** Takes what becomes of lines, on one thread. */
public interface LineOutput {

    /**
     * Takes one line of JSON, without its end.
     *
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    void write(String json);

    /**
     * Is told after each line what became of all so far.
     *
     * @param position that of the line, see {@link TextLine#position}
     */
    default void done(LineCounts counts, long position) {
        // nobody needs to know
    }
}
