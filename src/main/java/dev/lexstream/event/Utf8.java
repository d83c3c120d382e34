package dev.lexstream.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strings of bytes in UTF-8, of which nothing is replaced in silence. Threading: stateless. */
public final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Bytes are no UTF-8. */
    public static final class MalformedException extends CharacterCodingException {
        private static final long serialVersionUID = 1L;

        private final int index;

        private MalformedException(int index) {
            this.index = index;
        }

        /** Where in the array the first byte is that cannot be read. */
        public int index() {
            return index;
        }

        @Override
        public String getMessage() {
            return "not valid UTF-8 at byte " + index;
        }
    }

    /**
     * The string of some bytes of an array.
     *
     * @throws MalformedException when they are none
     */
    public static String decode(byte[] bytes, int start, int length) throws MalformedException {
        String string = new String(bytes, start, length, StandardCharsets.UTF_8);
        // malformed input decodes to replacement characters, but these may also be there by right
        if (string.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(bytes, start, length);
        }
        return string;
    }

    /** The string; empty for null and for bytes that are no UTF-8. */
    public static String textOrEmpty(byte[] bytes) {
        try {
            return bytes == null ? "" : decode(bytes, 0, bytes.length);
        } catch (MalformedException e) {
            return "";
        }
    }

    private static void requireWellFormed(byte[] bytes, int start, int length) throws MalformedException {
        ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
        boolean malformed = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, CharBuffer.allocate(length), true)
                .isError();
        if (malformed) {
            throw new MalformedException(in.position());
        }
    }
}
