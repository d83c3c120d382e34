package dev.lexstream.codec.merged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lexstream.avro.Enrichment;
import dev.lexstream.registry.LastField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * The type of an enrichment and the types within it, to be put into schemas of others, which may have types of the same names.
 *
 * <p>Threading: may be called from any thread.
 */
final class EnrichmentType {
    /** How many of a schema's namespaces can be taken by types that are not those of an enrichment. */
    private static final int NAMESPACES = 10;

    private final LastField<Enrichment> field;
    private final JsonNode json;
    private final Map<String, Schema> parts = new LinkedHashMap<>();

    EnrichmentType(LastField<Enrichment> field) {
        this.field = field;
        collect(field.schema());
        try {
            var tree = new ObjectMapper().readTree(field.schema().toString());
            tree.findParents("aliases")
                    .forEach(object -> ((ObjectNode) object).remove("aliases")); // of before there was an enrichment
            this.json = tree;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema prints as JSON", e);
        }
    }

    /** Whether a type of a writer has the name of an enrichment, or of a type within one. */
    boolean isNamedAlike(Schema type) {
        return parts.containsKey(type.getName())
                && namespaces().anyMatch(namespace -> namespace.equals(type.getNamespace()));
    }

    /** The enrichment within the type of a field, {@code ["null", Enrichment]}; empty if it is another type. */
    Optional<Schema> within(Schema type) {
        if (!type.isUnion()
                || type.getTypes().size() != 2
                || type.getTypes().get(0).getType() != Schema.Type.NULL) {
            return Optional.empty();
        }
        var second = type.getTypes().get(1);
        return second.getType() == Schema.Type.RECORD
                        && second.getName().equals(field.schema().getName())
                        && isNamedAlike(second)
                        && field.isReadable(second)
                ? Optional.of(second)
                : Optional.empty();
    }

    /** Whether a type of a writer that {@link #isNamedAlike} is the same type. */
    boolean isSame(Schema type) {
        return field.isSame(type, parts.get(type.getName()));
    }

    /**
     * The type of the field, for its first place in a schema, and for those after it.
     *
     * @param first defines what the schema lacks
     * @param later names it
     */
    record Placed(JsonNode first, JsonNode later) {}

    /**
     * The type for a schema: under the first namespace in which the schema has no other types of these names.
     *
     * @param types types of the schema by full name
     * @param isUsable whether a type that is the same is defined before the field
     * @return empty if all namespaces are taken
     */
    Optional<Placed> in(Map<String, Schema> types, Predicate<Schema> isUsable) {
        return namespaces()
                .filter(namespace -> parts.keySet().stream()
                        .map(name -> types.get(namespace + "." + name))
                        .allMatch(type -> type == null || (isUsable.test(type) && isSame(type))))
                .findFirst()
                .map(namespace -> placed(namespace, types.keySet()));
    }

    private Placed placed(String namespace, Set<String> known) {
        var definition = json.deepCopy();
        ((ObjectNode) definition).put("namespace", namespace); // which the types within take over
        return new Placed(
                union(named(definition, namespace, known)),
                union(TextNode.valueOf(namespace + "." + field.schema().getName())));
    }

    private static JsonNode named(JsonNode node, String namespace, Set<String> known) {
        if (node instanceof ObjectNode object) {
            var full = namespace + "." + object.path("name").asText();
            if (isDefinition(object) && known.contains(full)) {
                return TextNode.valueOf(full);
            }
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> object.set(name, named(object.get(name), namespace, known)));
        } else if (node instanceof ArrayNode array) {
            IntStream.range(0, array.size()).forEach(i -> array.set(i, named(array.get(i), namespace, known)));
        }
        return node;
    }

    private static boolean isDefinition(ObjectNode object) {
        return switch (object.path("type").asText("")) {
            case "record", "enum" -> true;
            default -> false;
        };
    }

    private static ArrayNode union(JsonNode type) {
        return new ObjectMapper().createArrayNode().add("null").add(type);
    }

    private Stream<String> namespaces() {
        var own = field.schema().getNamespace();
        return IntStream.range(0, NAMESPACES)
                .mapToObj(i -> i == 0 ? own : own + ".merged" + (i == 1 ? "" : Integer.toString(i)));
    }

    private void collect(Schema type) {
        switch (type.getType()) {
            case RECORD -> {
                parts.put(type.getName(), type);
                type.getFields().forEach(part -> collect(part.schema()));
            }
            case ENUM -> parts.put(type.getName(), type);
            case ARRAY -> collect(type.getElementType());
            case MAP -> collect(type.getValueType());
            case UNION -> type.getTypes().forEach(this::collect);
            default -> {}
        }
    }
}
