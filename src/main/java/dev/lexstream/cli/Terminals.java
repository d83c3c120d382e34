package dev.lexstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Tells whether a standard stream of the process is a terminal, each by itself: Java only tells whether input and output both are.
 */
final class Terminals {

    static final int OUTPUT = 1;
    static final int ERROR = 2;

    private Terminals() {}

    /**
     * Whether a stream is a terminal; false where the platform does not tell.
     *
     * @param descriptor {@link #OUTPUT} or {@link #ERROR}
     */
    static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            return false;
        }
    }
}
