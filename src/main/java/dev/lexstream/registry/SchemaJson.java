package dev.lexstream.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Schemas of generated classes, changed as JSON. Threading: stateless. */
final class SchemaJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaJson() {}

    /**
     * A copy of a schema.
     *
     * @param schema valid, as those of generated classes are
     * @param change what becomes of each object of its JSON, from the outside in; may change the object it is given
     */
    static Schema changed(Schema schema, Function<ObjectNode, JsonNode> change) {
        try {
            return new Schema.Parser()
                    .parse(changed(JSON.readTree(schema.toString()), change).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("schema " + schema.getFullName() + " does not print as JSON", e);
        }
    }

    private static JsonNode changed(JsonNode node, Function<ObjectNode, JsonNode> change) {
        var changed = node instanceof ObjectNode object ? change.apply(object) : node;
        if (changed instanceof ObjectNode object) {
            for (var name : names(object)) {
                object.set(name, changed(object.get(name), change));
            }
        } else if (changed instanceof ArrayNode array) {
            for (var i = 0; i < array.size(); i++) {
                array.set(i, changed(array.get(i), change));
            }
        }
        return changed;
    }

    private static Iterable<String> names(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
