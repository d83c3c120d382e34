package dev.lexstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The part of the schema that concerns one value. References are followed. The alternative for editors, a reference to
 * the environment, is left out.
 *
 * @param root the whole schema
 * @param keywords of this value; none when its key is unknown
 */
record Form(JsonNode root, ObjectNode keywords) {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The form of a key's value; empty when the key is unknown. */
    Form property(String key) {
        JsonNode named = keywords.path("properties").path(key);
        return new Form(root, resolved(named.isMissingNode() ? keywords.path("additionalProperties") : named));
    }

    /** The form of each item of a list; empty when the value is no list. */
    Form items() {
        return new Form(root, resolved(keywords.path("items")));
    }

    /** The known keys of a mapping, sorted. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        keywords.path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Whether the schema says nothing about the value. */
    boolean isEmpty() {
        return keywords.isEmpty();
    }

    /** The JSON type of the value, or the first one where several are allowed. Empty for an enumeration of texts. */
    String type() {
        JsonNode type = keywords.path("type");
        return type.isArray() ? type.get(0).textValue() : type.asText("");
    }

    /** Whether values of a JSON type are allowed. */
    boolean allows(String jsonType) {
        JsonNode type = keywords.path("type");
        return type.asText().equals(jsonType)
                || StreamSupport.stream(type.spliterator(), false)
                        .anyMatch(one -> one.asText().equals(jsonType));
    }

    /**
     * The value that a text stands for: one of the wanted type where the text can be read so, otherwise the text itself.
     */
    JsonNode value(String text) {
        String stripped = text.strip();
        return switch (type()) {
            case "integer" -> INTEGER.matcher(stripped).matches()
                    ? NODES.numberNode(Long.parseLong(stripped))
                    : NODES.textNode(text);
            case "number" -> DECIMAL.matcher(stripped).matches()
                    ? NODES.numberNode(new BigDecimal(stripped))
                    : NODES.textNode(text);
            case "boolean" -> Set.of("true", "false").contains(text)
                    ? NODES.booleanNode(text.equals("true"))
                    : NODES.textNode(text);
            case "array" -> keywords.get("type").isArray() ? separated(text) : NODES.textNode(text);
            case "" -> NODES.textNode(stripped);
            default -> NODES.textNode(text);
        };
    }

    /** The allowed values in words, such as {@code allowed is a whole number from 1 to 8}. */
    String allowed() {
        if (keywords.has("title")) {
            String title = keywords.get("title").textValue();
            return (title.startsWith("a ") ? "allowed is " : "allowed are ") + title;
        }
        return switch (type()) {
            case "boolean" -> "allowed are true and false";
            case "integer" -> "allowed is a whole number" + range();
            case "number" -> "allowed is a number" + range();
            case "" -> {
                List<String> values = new ArrayList<>();
                keywords.path("enum").forEach(value -> values.add(value.textValue()));
                yield "allowed are " + String.join(values.size() == 2 ? " and " : ", ", values);
            }
            default -> "allowed is a mapping of keys";
        };
    }

    private String range() {
        return " from " + keywords.get("minimum") + " to " + keywords.get("maximum");
    }

    private ObjectNode resolved(JsonNode schema) {
        if (schema.has("anyOf")) {
            return resolved(schema.get("anyOf").get(1)); // the other one is a reference to the environment
        }
        ObjectNode resolved = NODES.objectNode();
        if (schema.has("$ref")) {
            resolved.setAll(resolved(root.at(schema.get("$ref").textValue().substring(1))));
        }
        return schema instanceof ObjectNode own ? resolved.setAll(own) : resolved;
    }

    private static ArrayNode separated(String text) {
        ArrayNode list = NODES.arrayNode();
        Stream.of(text.split(",", -1)).map(String::strip).forEach(list::add);
        return list;
    }
}
