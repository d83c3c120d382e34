package dev.lexstream.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A schema as a registry holds it: a text, and other schemas that define the types which it names.
 *
 * @param text the schema; names the types of its references
 * @param references where these types are registered; empty for a schema that stands alone
 * @param referenced texts of the references and of those that they have, by name; each comes after those it needs
 */
public record SchemaSource(String text, List<Reference> references, Map<String, String> referenced) {

    public SchemaSource {
        references = List.copyOf(references);
        referenced = Collections.unmodifiableMap(new LinkedHashMap<>(referenced));
    }

    /**
     * A version of a subject that a schema refers to.
     *
     * @param name as the schema names it, in general the full name of a type
     * @param version of the subject, from 1
     */
    public record Reference(String name, String subject, int version) {}

    /** A schema that refers to nothing. */
    public static SchemaSource alone(String text) {
        return new SchemaSource(text, List.of(), Map.of());
    }

    /** Another schema with the same references. */
    public SchemaSource withText(String other) {
        return new SchemaSource(other, references, referenced);
    }

    /**
     * The schema without references: the types have taken their places.
     *
     * @throws IllegalArgumentException as {@link #schema}
     */
    public SchemaSource inlined() {
        return alone(schema().toString());
    }

    /**
     * The schema, of whatever names and defaults.
     *
     * @throws IllegalArgumentException if this is no Avro schema, or is longer or deeper than is read
     */
    public Schema schema() {
        try {
            return SchemaText.parse(referenced.values(), text);
        } catch (SchemaText.NotAvroException e) {
            throw new IllegalArgumentException("text " + e.getMessage(), e);
        }
    }
}
