package dev.lexstream.train;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of a text file of data, plain or gzipped: told by its first bytes, whatever the name. UTF-8 is decoded strictly;
 * lines end with LF, CRLF or CR. A byte order mark at the beginning of a line is left out, be it the file's first line or
 * one where files were joined. Every error is a {@link DataException} that names file and line. Not thread-safe.
 */
public final class DataLines implements Closeable {

    /** Bytes of a line at most: whatever is longer is no line of text. */
    static final int LONGEST = 16 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private byte[] line = new byte[256];
    private int length;
    private long offset;
    private int number;
    private boolean afterReturn;

    private DataLines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @throws NoSuchFileException when there is none
     * @throws DataException when it is a folder, may not be read or begins as damaged gzip
     */
    public static DataLines open(Path file) throws NoSuchFileException, DataException {
        if (Files.isDirectory(file)) {
            throw new DataException(file, 0, "a file is required, found a folder");
        }
        InputStream bytes = null;
        try {
            bytes = new BufferedInputStream(Files.newInputStream(file));
            bytes.mark(2);
            boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
            bytes.reset();
            return new DataLines(file, gzip ? new GZIPInputStream(bytes) : bytes);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            close(bytes);
            throw unreadable(file, 0, e);
        }
    }

    private static void close(InputStream in) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            // it was only read from, and another failure is on its way
        }
    }

    private static DataException unreadable(Path file, int lines, IOException cause) {
        String after = lines == 0 ? "" : " after line " + lines;
        String what = VisibleText.escaped(String.valueOf(cause.getMessage()));
        if (cause instanceof EOFException || cause instanceof ZipException) {
            return new DataException(
                    file, 0, "whole gzip data is required, found it damaged" + after + " (" + what + ")", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new DataException(file, 0, "the file may not be read (access denied)", cause);
        }
        return new DataException(file, 0, "the file cannot be read" + after + " (" + what + ")", cause);
    }

    /**
     * The next line without its end; null after the last.
     *
     * @throws DataException when it is not UTF-8, has a NUL, or is longer than {@value #LONGEST} bytes, or the file cannot
     *     be read on
     */
    public String next() throws DataException {
        length = 0;
        long begin = offset;
        int value = read();
        if (afterReturn && value == '\n') {
            begin = offset;
            value = read();
        }
        afterReturn = false;
        if (value < 0) {
            return null;
        }
        number++;
        while (value >= 0 && value != '\n' && value != '\r') {
            append((byte) value);
            value = read();
        }
        afterReturn = value == '\r';
        String text = decode(begin);
        while (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        return text;
    }

    private int read() throws DataException {
        if (at == filled) {
            try {
                filled = in.read(buffer);
            } catch (IOException e) {
                throw unreadable(file, number, e);
            }
            at = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        offset++;
        return buffer[at++] & 0xff;
    }

    private void append(byte value) throws DataException {
        if (value == 0) {
            throw notUtf8("a NUL byte at offset " + (offset - 1) + " of the file; is it UTF-16, or no text at all?");
        }
        if (length == LONGEST) {
            throw problem("a line may have " + LONGEST + " bytes, found more");
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST, 2 * length));
        }
        line[length++] = value;
    }

    private String decode(long begin) throws DataException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        CharBuffer characters = CharBuffer.allocate(length);
        CoderResult result = decoder.decode(bytes, characters, true);
        if (result.isError()) {
            int bad = bytes.position();
            throw notUtf8("byte 0x%02X at byte %d of the line, offset %d of the file"
                    .formatted(line[bad] & 0xff, bad + 1, begin + bad));
        }
        return characters.flip().toString();
    }

    private DataException notUtf8(String found) {
        boolean marked = number == 1 && length >= 2 && (starts(0xFF, 0xFE) || starts(0xFE, 0xFF));
        return problem("UTF-8 is required, found " + (marked ? "the byte order mark of UTF-16" : found));
    }

    private boolean starts(int first, int second) {
        return (line[0] & 0xff) == first && (line[1] & 0xff) == second;
    }

    /** The number of the last line read, from 1. */
    public int number() {
        return number;
    }

    /** An error in the last line read. */
    DataException problem(String what) {
        return new DataException(file, number, what);
    }

    /** The columns of a line, which tabs separate. */
    static String[] columns(String line) {
        return line.split("\t", -1);
    }

    /** How many columns a line has, with the likely reason where it is one. */
    static String found(String[] columns) {
        boolean spaces = columns.length == 1 && columns[0].strip().contains(" ");
        return columns.length + (spaces ? " (spaces, but no tab)" : "");
    }

    /** Whether a line is a separator: it has no column. */
    static boolean isBlank(String line) {
        return line.isBlank() && line.indexOf('\t') < 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
