package dev.lexstream.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Schemas from texts that anyone may have registered. Parsers of schemas call themselves for each level of nesting, so depth and
 * length are bounded before one sees the text.
 *
 * <p>Threading: stateless.
 */
final class SchemaText {
    /** Levels of JSON; each record within a record takes four. */
    static final int MAX_NESTING = 500;
    /** Length in UTF-16 units; what a registry's own topic takes by default. */
    static final int MAX_LENGTH = 1 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING + 1)
                    .build())
            .build()
            .enable(JsonParser.Feature.ALLOW_COMMENTS); // as Avro does

    private SchemaText() {}

    /** Why a parser should not see the text, to go on after "schema id n"; empty if it may. */
    static Optional<String> problem(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of("has %d characters; allowed are %d".formatted(text.length(), MAX_LENGTH));
        }
        var depth = 0;
        try (var parser = JSON.createParser(text)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > MAX_NESTING) {
                    return Optional.of(
                            "is JSON nested %d deep or deeper; allowed are %d levels".formatted(depth, MAX_NESTING));
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // no JSON: Avro's parser stops here too, and says why
        }
        return Optional.empty();
    }

    /**
     * The schema. What the registry let in is not judged again: names and defaults may be any.
     *
     * @throws NotAvroException if the text is none, or not within the bounds
     */
    static Schema parse(String text) {
        return parse(List.of(), text);
    }

    /**
     * The schema that names types of others. What the registry let in is not judged again: names and defaults may be any.
     *
     * @param referenced schemas that define these types, each after those it needs
     * @throws NotAvroException if one of the texts is none, or not within the bounds
     */
    static Schema parse(Collection<String> referenced, String text) {
        requireBounded(text);
        referenced.forEach(SchemaText::requireBounded);
        try {
            var parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
            referenced.forEach(parser::parse);
            return parser.parse(text);
        } catch (RuntimeException e) {
            throw NotAvroException.invalid(e);
        } catch (StackOverflowError e) {
            throw new NotAvroException(NotAvroException.TOO_DEEP);
        }
    }

    private static void requireBounded(String text) {
        problem(text).ifPresent(problem -> {
            throw new NotAvroException(problem);
        });
    }

    /** The registry answered, but not with a schema that is readable as Avro; the message goes on after "schema id n". */
    static final class NotAvroException extends RuntimeException {
        static final String INVALID = "is that of a schema that is not valid Avro";
        static final String TOO_DEEP = "is that of a schema too deep for the stack";

        private static final long serialVersionUID = 1L;

        NotAvroException(String message) {
            super(WireFormatException.printable(message));
        }

        /** A parser's own error; its message may quote all of the schema, so it is cut, and is no cause. */
        static NotAvroException invalid(RuntimeException failure) {
            return new NotAvroException(INVALID + ": " + failure.getMessage());
        }
    }
}
