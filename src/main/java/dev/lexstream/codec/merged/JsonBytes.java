package dev.lexstream.codec.merged;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.lexstream.codec.UndecodableEventException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * JSON in UTF-8 that anyone may have written, read without regard to how long its names, texts and numbers are: nothing is made
 * of them.
 *
 * <p>Source: <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>.
 *
 * <p>Threading: stateless.
 */
final class JsonBytes {
    /** Objects and arrays around a value, the top one among them; as with values of Avro. */
    static final int MAX_DEPTH = 256;

    private static final int BOM_BYTES = 3;
    private static final int CHARS = 8192;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // names are any
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonBytes() {}

    /**
     * Where the text begins: behind a byte order mark.
     *
     * @throws UndecodableEventException if the value is no UTF-8, which a parser takes without a word, or has none of it
     */
    static int start(byte[] value) {
        var start = isMark(value, 0) ? BOM_BYTES : 0;
        for (var i = 0; i < Math.min(value.length, start + Integer.BYTES); i++) {
            if (value[i] == 0) {
                throw bad("begins as UTF-16, UTF-32 or Avro with a schema id do; allowed is UTF-8");
            }
        }
        if (start > 0 && isMark(value, start)) {
            throw bad("has two byte order marks; allowed is one"); // which a parser takes for one
        }
        requireUtf8(value);
        return start;
    }

    private static boolean isMark(byte[] value, int from) {
        return value.length >= from + BOM_BYTES
                && value[from] == (byte) 0xEF
                && value[from + 1] == (byte) 0xBB
                && value[from + 2] == (byte) 0xBF;
    }

    private static void requireUtf8(byte[] value) {
        var in = ByteBuffer.wrap(value);
        var out = CharBuffer.allocate(Math.min(value.length + 1, CHARS));
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        for (var result = decoder.decode(in, out, true);
                !result.isUnderflow();
                result = decoder.decode(in, out, true)) {
            if (result.isError()) {
                throw bad("is malformed UTF-8 at byte " + in.position());
            }
            out.clear();
        }
    }

    static JsonParser parser(byte[] value, int from) throws IOException {
        return JSON.createParser(value, from, value.length - from);
    }

    /** Where the parser's token begins in the value that it was given from {@code from} on. */
    static int position(JsonParser parser, int from) {
        return from + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /** Where the parser's token ends. */
    static int end(JsonParser parser, int from) throws IOException {
        parser.finishToken();
        return from + Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    /** @param problem goes on after "value" and has none of its text */
    static UndecodableEventException bad(String problem) {
        return new UndecodableEventException("value " + problem);
    }
}
