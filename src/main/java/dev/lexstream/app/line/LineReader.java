package dev.lexstream.app.line;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Cuts a stream of bytes into lines, which end with LF, CRLF or CR. A line is there as soon as its end is. A byte order mark at the
 * beginning of a line is left out, be it the first or one where files were joined. Not thread-safe.
 */
final class LineReader implements LineSource {

    /** Bytes of a line at most: whatever is longer is no line of text. */
    static final int LONGEST = 16 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int BUFFER = 1 << 16;

    private final String source;
    private final InputStream in;
    private final LongSupplier position;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private byte[] line = new byte[256];
    private int length;
    private long number;
    private boolean afterReturn;

    /**
     * A reader at the beginning of its stream.
     *
     * @param position of what was read, for {@link TextLine#position}
     */
    LineReader(String source, InputStream in, LongSupplier position) {
        this.source = source;
        this.in = in;
        this.position = position;
    }

    @Override
    public Optional<TextLine> next() throws IOException {
        try {
            return line();
        } catch (IOException e) {
            String after = number == 0 ? "" : " after line " + number;
            throw new IOException(source + ": it cannot be read" + after + " (" + e.getMessage() + ")", e);
        }
    }

    private Optional<TextLine> line() throws IOException {
        int value = read();
        if (afterReturn && value == '\n') {
            value = read();
        }
        afterReturn = false;
        if (value < 0) {
            return Optional.empty();
        }
        length = 0;
        while (value >= 0 && value != '\n' && value != '\r') {
            append((byte) value);
            value = read();
        }
        afterReturn = value == '\r';
        number++;
        return Optional.of(new TextLine(source, number, bytes(), position.getAsLong()));
    }

    private int read() throws IOException {
        if (at == filled) {
            filled = Math.max(0, in.read(buffer));
            at = 0;
            if (filled == 0) {
                return -1;
            }
        }
        return buffer[at++] & 0xff;
    }

    private void append(byte value) {
        if (length < LONGEST) {
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(LONGEST, 2 * length));
            }
            line[length] = value;
        }
        length = Math.min(length + 1, LONGEST + 1);
    }

    private byte[] bytes() {
        if (length > LONGEST) {
            return null;
        }
        int start = 0;
        while (startsWithMark(start)) {
            start += BYTE_ORDER_MARK.length;
        }
        return Arrays.copyOfRange(line, start, length);
    }

    private boolean startsWithMark(int start) {
        int end = start + BYTE_ORDER_MARK.length;
        return end <= length && Arrays.equals(line, start, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
