package dev.lexstream.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.event.Utf8;

/**
 * Values that are one JSON object in UTF-8, after a byte order mark or none. Before it may stand the registry's framing, the byte 0
 * and four of an id, which says nothing that is needed here.
 *
 * <p>Source: <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>. Threading: stateless.
 */
public final class JsonText {

    /** Objects and arrays around a value. */
    static final int MAX_DEPTH = 256;

    private static final int FRAMING_BYTES = 5;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private JsonText() {}

    /** Where the JSON begins: behind the framing, if there is one. */
    public static int start(byte[] value) {
        return value.length >= FRAMING_BYTES && value[0] == 0 ? FRAMING_BYTES : 0;
    }

    /**
     * The object. Of members with one name the last counts.
     *
     * @throws UndecodableEventException when the value is none
     */
    static ObjectNode object(byte[] value) {
        JsonNode tree = tree(string(value));
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new UndecodableEventException("value is " + (tree.isMissingNode() ? "blank" : "JSON, but no object")
                + "; allowed is one JSON object");
    }

    private static String string(byte[] value) {
        int start = start(value);
        try {
            String text = Utf8.decode(value, start, value.length - start);
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (Utf8.MalformedException e) {
            throw new UndecodableEventException("value is " + e.getMessage() + "; allowed is JSON in UTF-8", e);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return READER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new UndecodableEventException("value is JSON nested more than " + MAX_DEPTH
                    + " deep, or has a number or a name too long" + at(e) + "; allowed is one JSON object");
        } catch (JsonProcessingException e) {
            // its message quotes the value
            throw new UndecodableEventException("value is not JSON" + at(e) + "; allowed is one JSON object in UTF-8");
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
}
