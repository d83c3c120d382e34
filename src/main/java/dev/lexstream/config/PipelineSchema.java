package dev.lexstream.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.lexstream.failure.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The syntax of the pipeline file, which is {@code schemas/pipeline.schema.json}. Translates the validator's errors into
 * problems of the file. Threading: may be used from any thread.
 *
 * @param form of the whole file
 * @param validator for the same schema
 */
record PipelineSchema(Form form, Schema validator) {

    /** The new names of keys that earlier versions had. */
    private static final Map<String, String> RENAMED = Map.of(
            "batch-tokens", "max-batch-tokens",
            "batch-members", "max-batch-size",
            "batch-deadline", "max-batch-delay",
            "max-texts", "max-in-flight",
            "max-tokens", "max-in-flight-tokens");

    private static final String RESOURCE = "/pipeline.schema.json";

    /** Reads the schema that is packaged with the application. */
    static PipelineSchema load() {
        try (InputStream in = PipelineSchema.class.getResourceAsStream(RESOURCE)) {
            ObjectNode root = (ObjectNode) new ObjectMapper().readTree(in);
            root.withObject("/$defs").put("reference", false); // variables have been put in before values are checked
            SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            return new PipelineSchema(new Form(root, root), schemas.getSchema(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks a file against the schema.
     *
     * @param file loses the values that the schema refuses
     * @param problems receives every problem
     */
    void check(ObjectNode file, Problems problems) {
        addSections(file);
        for (Error error : validator.validate(file)) {
            String path = path(error.getInstanceLocation());
            Form at = form(error.getInstanceLocation());
            String key = error.getProperty();
            switch (error.getKeyword()) {
                case "required" -> problems.add(
                        Problems.key(path, key), "missing", at.property(key).allowed());
                case "false" -> {
                    // that a value is no reference: the other alternative says what is wrong
                }
                case "additionalProperties" -> problems.add(Problems.key(path, key), "unknown key", hint(key, at));
                default -> {
                    problems.addValue(path, found(error.getInstanceNode(), at), at.allowed());
                    remove(file, JsonPointer.compile(error.getInstanceLocation().toString()));
                }
            }
        }
    }

    /** Adds missing sections that have required keys. The validator then names these keys. */
    private void addSections(ObjectNode file) {
        for (String key : form.keys()) {
            boolean required =
                    form.property(key).keywords().path("type").asText().equals("object");
            if (required && !file.hasNonNull(key)) {
                file.putObject(key);
            }
        }
    }

    private static String path(NodePath location) {
        String path = "";
        for (int i = 0; i < location.getNameCount(); i++) {
            path = location.getElement(i) instanceof Integer index
                    ? Problems.item(path, index)
                    : Problems.key(path, location.getName(i));
        }
        return path;
    }

    private Form form(NodePath location) {
        Form at = form;
        for (int i = 0; i < location.getNameCount(); i++) {
            at = location.getElement(i) instanceof Integer ? at.items() : at.property(location.getName(i));
        }
        return at;
    }

    private static void remove(ObjectNode file, JsonPointer location) {
        JsonNode parent = file.at(location.head());
        if (parent instanceof ObjectNode mapping) {
            mapping.remove(location.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode list) {
            list.setNull(location.last().getMatchingIndex());
        }
    }

    private static String hint(String key, Form section) {
        String renamed = RENAMED.get(key);
        if (renamed != null && section.keys().contains(renamed)) {
            return "renamed to " + renamed;
        }
        return Spelling.nearest(key, section.keys())
                .map(name -> "did you mean " + name + "?")
                .orElse("known are " + String.join(", ", section.keys()));
    }

    private static String found(JsonNode value, Form form) {
        boolean list = form.type().equals("array");
        if (value.isArray() && form.allows("array")) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(item.asText()));
            return items.toString();
        }
        return switch (value.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case NULL -> "no value";
            default -> list || form.type().equals("object") ? "a single value" : value.asText();
        };
    }
}
