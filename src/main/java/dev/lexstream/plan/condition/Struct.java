package dev.lexstream.plan.condition;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A type with named fields, and how they are read. An unknown field is then found when an expression is compiled. Immutable.
 *
 * @param <T> what the fields are read from
 */
final class Struct<T> {

    /** Before the names of types, so that no type hides a variable. */
    private static final String NAMESPACE = "lexstream.";

    private final StructType type;
    private final Map<String, Function<T, Object>> readers;

    /** @param name in messages, such as {@code tag} */
    Struct(String name, List<Field<T>> fields) {
        ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
        Map<String, Function<T, Object>> values = new TreeMap<>();
        for (Field<T> field : fields) {
            types.put(field.name(), field.type());
            values.put(field.name(), field.value());
        }
        this.type = typeOf(name, types.buildOrThrow());
        this.readers = Map.copyOf(values);
    }

    /** A type with these fields. */
    static StructType typeOf(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(nameOf(name), fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    /** The full name of a type. */
    static String nameOf(String name) {
        return NAMESPACE + name;
    }

    /** Names of types as users read them. */
    static String plain(String typeNames) {
        return typeNames
                .replace(NAMESPACE, "")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration");
    }

    StructType type() {
        return type;
    }

    /** The names of the fields, sorted. */
    Set<String> names() {
        return new TreeSet<>(readers.keySet());
    }

    /** False only for names that could not be checked, as of {@code dyn(tags)[0]}. */
    boolean has(String field) {
        return readers.containsKey(field);
    }

    /** @throws CelAttributeNotFoundException when there is no such field */
    Object read(T from, String field) {
        Function<T, Object> reader = readers.get(field);
        if (reader == null) {
            throw CelAttributeNotFoundException.forFieldResolution(field);
        }
        return reader.apply(from);
    }

    /**
     * One field.
     *
     * @param name a CEL identifier
     * @param type of its values
     * @param value never null
     */
    record Field<T>(String name, CelType type, Function<T, Object> value) {}
}
