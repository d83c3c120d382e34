package dev.lexstream.plan.condition;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.cel.common.values.SelectableValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Values by name, made when they are asked for: a map to expressions, of which only what is named is read. Lives for one evaluation.
 *
 * @param <V> what the values are made of
 */
@SuppressWarnings("Immutable") // what it reads is not declared so to the library's checks
final class NamedValues<V> extends CelValue implements SelectableValue<String>, Map<String, Object> {

    private final Map<String, V> from;
    private final Function<V, Object> convert;

    NamedValues(Map<String, V> from, Function<V, Object> convert) {
        this.from = from;
        this.convert = convert;
    }

    @Override
    public Object select(String name) {
        V value = from.get(name);
        if (value == null) {
            throw CelAttributeNotFoundException.forMissingMapKey(name);
        }
        return convert.apply(value);
    }

    @Override
    public Optional<Object> find(String name) {
        return Optional.ofNullable(from.get(name)).map(convert);
    }

    @Override
    public Object get(Object name) {
        V value = from.get(name);
        return value == null ? null : convert.apply(value);
    }

    @Override
    public boolean containsKey(Object name) {
        return from.containsKey(name);
    }

    @Override
    public Set<String> keySet() {
        return from.keySet();
    }

    @Override
    public int size() {
        return from.size();
    }

    @Override
    public boolean isEmpty() {
        return from.isEmpty();
    }

    @Override
    public boolean containsValue(Object value) {
        return copy().containsValue(value);
    }

    @Override
    public Collection<Object> values() {
        return copy().values();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return copy().entrySet();
    }

    private Map<String, Object> copy() {
        Map<String, Object> copy = new LinkedHashMap<>();
        from.forEach((name, value) -> copy.put(name, convert.apply(value)));
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Map<?, ?> map && copy().equals(map);
    }

    @Override
    public int hashCode() {
        return copy().hashCode();
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return from.isEmpty();
    }

    @Override
    public CelType celType() {
        return MapType.create(SimpleType.STRING, SimpleType.DYN);
    }

    @Override
    public Object put(String name, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object remove(Object name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(Map<? extends String, ?> map) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }
}
