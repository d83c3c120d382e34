package dev.lexstream.codec.merged;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lexstream.codec.UndecodableEventException;
import java.io.IOException;

/**
 * The place of one more last member in a JSON object.
 *
 * @param isEmpty whether the object has no members
 * @param brace position of the closing brace
 * @param member position at which the last member's name begins, with its quote, if it has the name looked for; -1 if not
 * @param content position of that member's value
 */
record JsonPlace(boolean isEmpty, int brace, int member, int content) {

    /**
     * Finds it, in one pass over the whole value.
     *
     * @param name of the member
     * @throws UndecodableEventException if the value is no single JSON object in UTF-8, nests deeper than {@link
     *     JsonBytes#MAX_DEPTH}, or has a member of that name that is not the last
     */
    static JsonPlace of(byte[] value, String name) {
        var from = JsonBytes.start(value);
        try (var parser = JsonBytes.parser(value, from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw JsonBytes.bad("is no JSON object");
            }
            var place = inside(parser, from, name);
            if (parser.nextToken() != null) {
                throw JsonBytes.bad("has more after its JSON object; allowed are blanks");
            }
            return place;
        } catch (IOException | IllegalStateException e) {
            throw JsonBytes.bad("is no well-formed JSON object"); // without a cause, which quotes the value
        }
    }

    private static JsonPlace inside(JsonParser parser, int from, String name) throws IOException {
        var member = -1;
        var content = -1;
        var isEmpty = true;
        for (var depth = 1; depth > 0; ) {
            var token = parser.nextToken();
            if (token == JsonToken.FIELD_NAME) {
                if (depth > 1) {
                    continue;
                }
                if (member >= 0) {
                    throw JsonBytes.bad("has a member " + name + " that is not the last");
                }
                isEmpty = false;
                if (parser.currentName().equals(name)) {
                    member = JsonBytes.position(parser, from);
                    depth += parser.nextToken().isStructStart() ? 1 : 0;
                    content = JsonBytes.position(parser, from);
                }
            } else if (token.isStructStart()) {
                if (++depth > JsonBytes.MAX_DEPTH) {
                    throw JsonBytes.bad(
                            "nests %d deep or deeper; allowed are %d".formatted(depth, JsonBytes.MAX_DEPTH));
                }
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
        return new JsonPlace(isEmpty, JsonBytes.position(parser, from), member, content);
    }
}
