package dev.lexstream.plan.condition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes of records as texts. */
final class Utf8 {

    private Utf8() {}

    /** The text that the bytes are in UTF-8; empty for null and where they are not UTF-8. */
    static String text(byte[] bytes) {
        if (bytes == null) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
