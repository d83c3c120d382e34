package dev.lexstream.plan.condition;

import dev.cel.common.values.SelectableValue;
import java.util.Optional;

/**
 * A value with fields, read when they are asked for.
 *
 * @param struct how
 * @param from what
 * @param found false where the fields have their zero values, so that {@code has()} is false
 */
record FieldsOf<T>(Struct<T> struct, T from, boolean found) implements SelectableValue<String> {

    @Override
    public Object select(String field) {
        return struct.read(from, field);
    }

    @Override
    public Optional<Object> find(String field) {
        boolean there = struct.has(field) && (found || StageTypes.ALWAYS.contains(field));
        return there ? Optional.of(select(field)) : Optional.empty();
    }
}
