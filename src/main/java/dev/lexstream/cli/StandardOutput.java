package dev.lexstream.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * The process's standard output, which says so when it takes no more. A {@link java.io.PrintStream} would hide that: what a command
 * prints would be lost in silence where the disk is full, and a command would go on for nobody. Not thread-safe by itself.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream out;

    StandardOutput() {
        this(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    }

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** Nothing more can be written. */
    static final class Failure extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        private Failure(IOException cause) {
            super("standard output takes no more: " + cause.getMessage(), cause);
        }

        /** Whether whoever was reading has gone, as {@code head} does: then there is nobody to tell. */
        boolean isClosed() {
            String message = String.valueOf(getCause().getMessage());
            return message.contains("Broken pipe") || message.contains("pipe is being closed");
        }
    }

    /** @throws Failure when nothing can be written */
    @Override
    public void write(int value) {
        try {
            out.write(value);
        } catch (IOException e) {
            throw new Failure(e);
        }
    }

    /** @throws Failure when nothing can be written */
    @Override
    public void write(byte[] bytes, int start, int length) {
        try {
            out.write(bytes, start, length);
        } catch (IOException e) {
            throw new Failure(e);
        }
    }

    /** @throws Failure when nothing can be written */
    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Failure(e);
        }
    }
}
