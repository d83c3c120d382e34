package dev.lexstream.app.line;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * The lines that a command line names: first texts that it gives, each one line, then those of files, plain or gzipped, and of
 * standard input, in their order. Used by one thread.
 */
public final class InputLines implements LineSource {

    /** What stands for standard input among files. */
    public static final String STANDARD_INPUT = "-";

    private final List<String> texts;
    private final List<String> files;
    private final InputStream standardInput;
    private int textsRead;
    private int filesOpened;
    private long position;
    private Optional<LineReader> current = Optional.empty();

    /**
     * Opens nothing yet, but looks whether the files are there.
     *
     * @param files paths, and {@value #STANDARD_INPUT}; standard input alone where there are neither files nor texts
     * @param standardInput left open
     * @throws IOException naming the first file that is not there or is a folder
     */
    public InputLines(List<String> texts, List<String> files, InputStream standardInput) throws IOException {
        this.texts = List.copyOf(texts);
        this.files = texts.isEmpty() && files.isEmpty() ? List.of(STANDARD_INPUT) : List.copyOf(files);
        this.standardInput = standardInput;
        for (String file : this.files) {
            if (!file.equals(STANDARD_INPUT) && Files.isDirectory(Path.of(file))) {
                throw new IOException(file + ": a file is required, found a folder");
            } else if (!file.equals(STANDARD_INPUT) && Files.notExists(Path.of(file))) {
                throw new NoSuchFileException(file);
            }
        }
    }

    /** Bytes of all files; empty where nobody knows how much there is to read, or there are no files. */
    public OptionalLong size() throws IOException {
        long size = 0;
        for (String file : files) {
            if (file.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(file))) {
                return OptionalLong.empty();
            }
            size += Files.size(Path.of(file));
        }
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    @Override
    public Optional<TextLine> next() throws IOException {
        if (textsRead < texts.size()) {
            byte[] text = texts.get(textsRead).getBytes(StandardCharsets.UTF_8);
            textsRead++;
            return Optional.of(new TextLine("text", textsRead, text, 0));
        }
        while (true) {
            if (current.isEmpty()) {
                if (filesOpened == files.size()) {
                    return Optional.empty();
                }
                current = Optional.of(open(files.get(filesOpened)));
                filesOpened++;
            }
            Optional<TextLine> line = current.get().next();
            if (line.isPresent()) {
                return line;
            }
            close();
        }
    }

    private LineReader open(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            InputStream open = new FilterInputStream(standardInput) {
                @Override
                public void close() {
                    // is somebody else's
                }
            };
            return new LineReader("stdin", open, () -> position);
        }
        InputStream bytes = new BufferedInputStream(new Counted(Files.newInputStream(Path.of(file))));
        try {
            bytes.mark(2);
            boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
            bytes.reset();
            return new LineReader(file, gzip ? new GZIPInputStream(bytes) : bytes, () -> position);
        } catch (IOException e) {
            bytes.close();
            throw new IOException(file + ": it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) {
            current.get().close();
            current = Optional.empty();
        }
    }

    /** Counts what is read of files. */
    private final class Counted extends FilterInputStream {

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            position += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
            int count = super.read(bytes, start, length);
            position += Math.max(0, count);
            return count;
        }
    }
}
