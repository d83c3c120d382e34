package dev.lexstream.codec.merged;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The JSON of an Avro schema, to be changed as JSON: what Avro's own classes do not keep stays, numbers of any size and precision
 * in properties too. Definitions of named types are numbered in the order of the text, and the numbers are written into them as a
 * property: so Avro's parser, which knows what a name in a schema means, says which definition it has found.
 *
 * <p>Source: <a href="https://avro.apache.org/docs/1.12.0/specification/#schema-declaration">Avro specification</a>.
 *
 * <p>Threading: used by one thread.
 */
final class SchemaTree {
    private static final String NUMBER = "dev.lexstream.number";
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS) // as Avro does
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonNode root;
    private final List<Definition> definitions = new ArrayList<>();

    /**
     * A named type where it is defined.
     *
     * @param number from 0, in the order in which definitions begin
     * @param before how many definitions begin before this one ends, itself among them
     */
    record Definition(ObjectNode node, int number, int before) {}

    /** @throws JsonProcessingException if the text is no JSON */
    SchemaTree(String text) throws JsonProcessingException {
        this.root = JSON.readTree(text);
        number(root);
    }

    /** The number of a named type's definition; empty if it is not in this text. */
    static Optional<Integer> number(Schema type) {
        return type.getObjectProp(NUMBER) instanceof Integer number ? Optional.of(number) : Optional.empty();
    }

    /** The numbers of the definitions in a part of a tree. */
    static List<Integer> numbers(JsonNode part) {
        return part.findValues(NUMBER).stream().map(JsonNode::asInt).toList();
    }

    Definition definition(int number) {
        return definitions.get(number);
    }

    /** The schema as it is now, with numbers. */
    String numbered() {
        return root.toString();
    }

    /** The schema as it is now, without numbers. Ends the tree's use. */
    String plain() {
        definitions.forEach(definition -> definition.node().remove(NUMBER));
        return root.toString();
    }

    private void number(JsonNode type) {
        if (type.isArray()) {
            type.forEach(this::number);
        } else if (type instanceof ObjectNode object) {
            var kind = object.path("type");
            switch (kind.asText("")) {
                case "record", "error" -> {
                    var number = define(object);
                    object.path("fields").forEach(field -> number(field.path("type")));
                    definitions.set(number, new Definition(object, number, definitions.size()));
                }
                case "enum", "fixed" -> define(object);
                case "array" -> number(object.path("items"));
                case "map" -> number(object.path("values"));
                default -> number(kind); // a type within an object, or a primitive
            }
        }
    }

    private int define(ObjectNode object) {
        var number = definitions.size();
        definitions.add(new Definition(object, number, number + 1));
        object.put(NUMBER, number);
        return number;
    }
}
