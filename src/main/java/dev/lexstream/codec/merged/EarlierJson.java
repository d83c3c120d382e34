package dev.lexstream.codec.merged;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lexstream.codec.UndecodableEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * An enrichment that a JSON object has already. It is told by its members, which are exactly {@code language}, an object, {@code
 * annotations}, an array of objects, and {@code receivedAt} and {@code enrichedAt}, each an instant in ISO 8601 or null; in any
 * order.
 *
 * @param value that has it
 * @param spans where the members' values are, by name
 * @param end position behind the enrichment
 */
record EarlierJson(byte[] value, Map<String, Span> spans, int end) {
    private static final Set<String> MEMBERS = Set.of("language", "annotations", "receivedAt", "enrichedAt");

    /** Bytes of a value, from one position to another. */
    record Span(int from, int to) {}

    /**
     * Reads it.
     *
     * @param value well-formed
     * @param from position of the enrichment
     * @param name what it is called, for messages
     * @throws UndecodableEventException if it is none
     */
    static EarlierJson of(byte[] value, int from, String name) {
        try (var parser = JsonBytes.parser(value, from)) {
            var spans = new HashMap<String, Span>();
            var isEnrichment = value[from] == '{' && parser.nextToken() == JsonToken.START_OBJECT;
            while (isEnrichment && parser.nextToken() != JsonToken.END_OBJECT) {
                var member = parser.currentName();
                var start = startOf(parser, from);
                isEnrichment = MEMBERS.contains(member)
                        && isKind(member, parser)
                        && spans.put(member, new Span(start, JsonBytes.end(parser, from))) == null;
            }
            if (!isEnrichment || spans.size() != MEMBERS.size()) {
                throw JsonBytes.bad("has a member " + name + " that is no enrichment; allowed is an object with"
                        + " language, annotations, receivedAt and enrichedAt");
            }
            return new EarlierJson(value, spans, JsonBytes.end(parser, from));
        } catch (IOException e) {
            throw new IllegalStateException("the value was well-formed before", e);
        }
    }

    private static int startOf(JsonParser parser, int from) throws IOException {
        parser.nextToken();
        return JsonBytes.position(parser, from);
    }

    private static boolean isKind(String member, JsonParser parser) throws IOException {
        return switch (member) {
            case "language" -> parser.currentToken() == JsonToken.START_OBJECT && isSkipped(parser);
            case "annotations" -> parser.currentToken() == JsonToken.START_ARRAY && areObjects(parser);
            default -> parser.currentToken() == JsonToken.VALUE_NULL
                    || (parser.currentToken() == JsonToken.VALUE_STRING && isInstant(parser.getText()));
        };
    }

    private static boolean areObjects(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT || !isSkipped(parser)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSkipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return true;
    }

    private static boolean isInstant(String text) {
        try {
            return Instant.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** A member's value, as it is written. */
    String text(String member) {
        var span = spans.get(member);
        return new String(value, span.from(), span.to() - span.from(), StandardCharsets.UTF_8);
    }
}
