package dev.lexstream.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/** Schemas of generated classes without what only Java reads, so that the registry holds the schema as it is published. */
final class PortableSchema {
    private static final String JAVA_STRING = "avro.java.string";

    private PortableSchema() {}

    /** The schema without {@code avro.java.string}, with {@code {"type": "string"}} shortened to {@code "string"}. */
    static Schema of(Schema schema) {
        return SchemaJson.changed(schema, PortableSchema::withoutJava);
    }

    private static JsonNode withoutJava(ObjectNode object) {
        var isString = object.remove(JAVA_STRING) != null && object.size() == 1;
        return isString ? TextNode.valueOf("string") : object;
    }
}
