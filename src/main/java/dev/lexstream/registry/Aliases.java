package dev.lexstream.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Types and fields that have had other names, which a reader's schema lists as aliases. Avro's readers resolve aliases too, but
 * on the way they judge all names and defaults of the writer's schema, which the registry has let in as they are.
 *
 * <p>Threading: stateless.
 */
final class Aliases {
    private Aliases() {}

    /**
     * A writer's schema in the names of its reader: types and fields that the reader lists as aliases have the reader's names
     * for them. Bytes written with either schema are the same.
     *
     * @throws RuntimeException if two types of one union get the same name
     */
    static Schema applied(Schema writer, Schema reader) {
        var names = Schema.getNameValidator();
        var defaults = Schema.getValidateDefaults();
        try {
            Schema.setNameValidator(NameValidator.NO_VALIDATION);
            Schema.setValidateDefaults(false);
            return Schema.applyAliases(writer, reader);
        } finally {
            Schema.setNameValidator(names);
            Schema.setValidateDefaults(defaults);
        }
    }

    /** The schema of a generated class, without aliases: a reader to which nothing is left to be applied. */
    static Schema without(Schema schema) {
        return SchemaJson.changed(schema, Aliases::withoutAliases);
    }

    private static JsonNode withoutAliases(ObjectNode object) {
        object.remove("aliases");
        return object;
    }
}
