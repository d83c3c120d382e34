package dev.lexstream.codec.merged;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The named types of a schema.
 *
 * @param records those at the top, one or more
 * @param named all, by full name
 * @param isNested whether one of those at the top can be inside one of them
 */
record Types(List<Schema> records, Map<String, Schema> named, boolean isNested) {

    /** @throws IllegalArgumentException if at the top there is anything but records and null */
    static Types of(Schema schema) {
        var records = new ArrayList<Schema>();
        for (var type : schema.isUnion() ? schema.getTypes() : List.of(schema)) {
            if (type.getType() == Schema.Type.RECORD) {
                records.add(type);
            } else if (type.getType() != Schema.Type.NULL || !schema.isUnion()) {
                throw new IllegalArgumentException(
                        "the schema is%s of type %s; allowed is a record, or a union of records and null"
                                .formatted(
                                        schema.isUnion() ? " a union with a member" : "",
                                        type.getType().getName()));
            }
        }
        if (records.isEmpty()) {
            throw new IllegalArgumentException(
                    "the schema is a union without a record; allowed is a record, or a union of records and null");
        }
        var inside = Collections.<Schema>newSetFromMap(new IdentityHashMap<>());
        records.forEach(record -> record.getFields().forEach(field -> collect(field.schema(), inside)));
        var named = new LinkedHashMap<String, Schema>();
        records.forEach(record -> named.put(record.getFullName(), record));
        var atTop = Set.copyOf(named.keySet());
        inside.stream().filter(Types::isNamed).forEach(type -> named.put(type.getFullName(), type));
        return new Types(
                records, named, inside.stream().anyMatch(type -> isNamed(type) && atTop.contains(type.getFullName())));
    }

    private static void collect(Schema type, Set<Schema> seen) {
        if (!seen.add(type)) {
            return;
        }
        switch (type.getType()) {
            case RECORD -> type.getFields().forEach(field -> collect(field.schema(), seen));
            case ARRAY -> collect(type.getElementType(), seen);
            case MAP -> collect(type.getValueType(), seen);
            case UNION -> type.getTypes().forEach(branch -> collect(branch, seen));
            default -> {}
        }
    }

    private static boolean isNamed(Schema type) {
        return switch (type.getType()) {
            case RECORD, ENUM, FIXED -> true;
            default -> false;
        };
    }
}
