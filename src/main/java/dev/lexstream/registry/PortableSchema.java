package dev.lexstream.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import org.apache.avro.Schema;

/** Schemas of generated classes without what only Java reads, so that the registry holds the schema as it is published. */
final class PortableSchema {
    private static final String JAVA_STRING = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PortableSchema() {}

    /** The schema without {@code avro.java.string}, with {@code {"type": "string"}} shortened to {@code "string"}. */
    static Schema of(Schema schema) {
        try {
            return new Schema.Parser()
                    .parse(withoutJava(JSON.readTree(schema.toString())).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("schema " + schema.getFullName() + " does not print as JSON", e);
        }
    }

    private static JsonNode withoutJava(JsonNode node) {
        if (node instanceof ObjectNode object && object.remove(JAVA_STRING) != null && object.size() == 1) {
            return TextNode.valueOf("string");
        }
        if (node instanceof ObjectNode object) {
            for (var name : names(object)) {
                object.set(name, withoutJava(object.get(name)));
            }
        } else if (node instanceof ArrayNode array) {
            for (var i = 0; i < array.size(); i++) {
                array.set(i, withoutJava(array.get(i)));
            }
        }
        return node;
    }

    private static Iterable<String> names(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
