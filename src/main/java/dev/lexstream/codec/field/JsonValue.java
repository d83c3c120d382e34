package dev.lexstream.codec.field;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lexstream.event.Attribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a JSON tree.
 *
 * @param node the value, not missing
 */
public record JsonValue(JsonNode node) implements Value {

    @Override
    public String kind() {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isNull() {
        return node.isNull();
    }

    @Override
    public Optional<Value> member(String name) {
        return Optional.ofNullable(node.get(name)).map(JsonValue::new);
    }

    @Override
    public Map<String, Value> members() {
        Map<String, Value> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), new JsonValue(member.getValue())));
        return members;
    }

    @Override
    public Optional<List<Value>> elements() {
        if (!node.isArray()) {
            return Optional.empty();
        }
        List<Value> elements = new ArrayList<>(node.size());
        node.forEach(element -> elements.add(new JsonValue(element)));
        return Optional.of(elements);
    }

    @Override
    public Optional<String> text() {
        return Optional.ofNullable(node.textValue());
    }

    /** A whole number that fits 64 bits is whole; any other is the nearest of double precision. */
    @Override
    public Optional<Attribute> attribute() {
        if (node.isNumber()) {
            boolean whole = node.isIntegralNumber() && node.canConvertToLong();
            return Optional.of(whole ? new Attribute.Whole(node.longValue()) : new Attribute.Real(node.doubleValue()));
        }
        return node.isBoolean() ? Optional.of(new Attribute.Truth(node.booleanValue())) : text().map(Attribute::of);
    }

    @Override
    public Optional<Instant> time() {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return Optional.of(Instant.ofEpochMilli(node.longValue()));
        }
        return text().flatMap(Times::parse);
    }
}
