package dev.lexstream.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Types and fields that have had other names, which a reader's schema lists as aliases. Avro's readers resolve aliases too, but
 * on the way they judge the defaults of the writer's schema, which the registry has let in as they are and no reader needs.
 *
 * <p>Threading: used by one thread, for one pair of schemas.
 */
final class Aliases {
    /** The reader's names of types by each of their aliases. */
    private final Map<String, String> types = new HashMap<>();

    /** The reader's names of fields by the reader's name of their record, a blank, and each of their aliases. */
    private final Map<String, String> fields = new HashMap<>();

    private final IdentityHashMap<Schema, Schema> records = new IdentityHashMap<>();

    private Aliases() {}

    /**
     * A writer's schema in the names of its reader: types and fields that the reader lists as aliases have the reader's names
     * for them. Bytes written with either schema are the same. Types may lack docs, defaults and properties.
     *
     * @throws RuntimeException if two types of one union, or two fields of one record, get the same name
     */
    static Schema applied(Schema writer, Schema reader) {
        var aliases = new Aliases();
        aliases.collect(reader);
        aliases.records.clear();
        return aliases.types.isEmpty() && aliases.fields.isEmpty() ? writer : aliases.renamed(writer);
    }

    /** The schema of a generated class, without aliases: a reader to which nothing is left to be applied. */
    static Schema without(Schema schema) {
        return SchemaJson.changed(schema, Aliases::withoutAliases);
    }

    private static JsonNode withoutAliases(ObjectNode object) {
        object.remove("aliases");
        return object;
    }

    private void collect(Schema reader) {
        switch (reader.getType()) {
            case RECORD -> {
                if (records.put(reader, reader) == null) {
                    reader.getAliases().forEach(alias -> types.put(alias, reader.getFullName()));
                    for (var field : reader.getFields()) {
                        field.aliases().forEach(alias -> fields.put(reader.getFullName() + " " + alias, field.name()));
                        collect(field.schema());
                    }
                }
            }
            case ENUM, FIXED -> reader.getAliases().forEach(alias -> types.put(alias, reader.getFullName()));
            case ARRAY -> collect(reader.getElementType());
            case MAP -> collect(reader.getValueType());
            case UNION -> reader.getTypes().forEach(this::collect);
            default -> {}
        }
    }

    private Schema renamed(Schema writer) {
        return switch (writer.getType()) {
            case RECORD -> record(writer);
            case ENUM -> types.containsKey(writer.getFullName())
                    ? Schema.createEnum(name(writer), null, null, writer.getEnumSymbols())
                    : writer;
            case FIXED -> types.containsKey(writer.getFullName())
                    ? Schema.createFixed(name(writer), null, null, writer.getFixedSize())
                    : writer;
            case ARRAY -> Schema.createArray(renamed(writer.getElementType()));
            case MAP -> Schema.createMap(renamed(writer.getValueType()));
            case UNION -> Schema.createUnion(
                    writer.getTypes().stream().map(this::renamed).toList());
            default -> writer;
        };
    }

    private Schema record(Schema writer) {
        var known = records.get(writer);
        if (known != null) {
            return known;
        }
        var name = name(writer);
        var record = Schema.createRecord(name, null, null, writer.isError());
        records.put(writer, record); // before its fields, which may hold it
        List<Schema.Field> renamed = new ArrayList<>();
        for (var field : writer.getFields()) {
            var own = fields.getOrDefault(name + " " + field.name(), field.name());
            renamed.add(new Schema.Field(own, renamed(field.schema())));
        }
        record.setFields(renamed);
        return record;
    }

    private String name(Schema writer) {
        return types.getOrDefault(writer.getFullName(), writer.getFullName());
    }
}
