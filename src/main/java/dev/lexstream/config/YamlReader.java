package dev.lexstream.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/**
 * Reads YAML into a tree. The schema decides the type of each value, since YAML cannot: a topic may be named 123, and a
 * number may come from the environment. Not thread-safe.
 *
 * @param substitution replaces references to environment variables
 * @param problems receives the line of each setting, duplicate keys, aliases, and variables that are not set
 */
record YamlReader(Substitution substitution, Problems problems) {

    private static final int MAX_DEPTH = 20;

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL) // as new YAMLFactory() has it, and its builder has not
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * Reads a document. An empty document is an empty mapping. A document that is not YAML, or not a mapping, is one
     * problem and an empty mapping.
     *
     * @param form of the whole document
     */
    ObjectNode read(String document, Form form) {
        try (YAMLParser parser = FACTORY.createParser(document)) {
            if (parser.nextToken() == null) {
                return NODES.objectNode();
            }
            int line = line(parser);
            JsonNode root = node(parser, form, "");
            if (parser.nextToken() != null) {
                problems.addAtLine(line(parser), "a second document", "one is allowed");
            }
            if (root instanceof ObjectNode mapping) {
                return mapping;
            }
            if (!root.isNull()) {
                problems.addAtLine(line, root.isArray() ? "a list" : "a single value", form.allowed());
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("");
            problems.addAtLine(line, "not YAML (" + reason + ")", form.allowed());
        } catch (IOException e) {
            throw new IllegalStateException("reading from a string", e);
        }
        return NODES.objectNode();
    }

    private JsonNode node(YAMLParser parser, Form form, String path) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.add(path, "alias *" + parser.getText(), "write the value out");
            return NODES.nullNode();
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(parser, form, path);
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode list = NODES.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String itemPath = Problems.item(path, list.size());
                problems.locate(itemPath, line(parser));
                list.add(node(parser, form.items(), itemPath));
            }
            return list;
        }
        return token == JsonToken.VALUE_NULL ? NODES.nullNode() : scalar(parser.getText(), form, path);
    }

    private ObjectNode mapping(YAMLParser parser, Form form, String path) throws IOException {
        ObjectNode mapping = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String keyPath = Problems.key(path, key);
            int earlier = problems.locate(keyPath, line(parser));
            parser.nextToken();
            if (mapping.replace(key, node(parser, form.property(key), keyPath)) != null) {
                problems.add(keyPath, "a second time, first on line " + earlier, "once is allowed");
            }
        }
        return mapping;
    }

    private JsonNode scalar(String written, Form form, String path) {
        if (form.isEmpty()) {
            return NODES.textNode(written);
        }
        Substitution.Result result = substitution.apply(written);
        if (!result.problems().isEmpty()) {
            problems.add(path, String.join(", ", result.problems()), "set it or give a default: ${NAME:default}");
            return NODES.nullNode();
        }
        JsonNode value = form.value(result.value());
        if (result.fromEnvironment()) {
            problems.hide(path, result.value(), written);
            value.forEach(item -> problems.hide(path, item.textValue(), written));
        }
        return value;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
