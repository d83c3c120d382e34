package dev.lexstream.codec.field;

import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.config.FieldSettings;
import dev.lexstream.event.Attribute;
import dev.lexstream.event.FieldPath;
import dev.lexstream.event.TextEvent;
import dev.lexstream.event.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes events of records by the paths of their parts. What is missing or null at a path is not there; what is of another type than
 * is needed there is a data error that names the path and what was found.
 *
 * <p>Threading: immutable.
 */
public final class EventFields {

    private final FieldSettings fields;

    public EventFields(FieldSettings fields) {
        this.fields = Objects.requireNonNull(fields, "fields");
    }

    /**
     * The event of a record.
     *
     * @param root the record's value
     * @throws UndecodableEventException when a part is of no use, a required text is not there, or no text is
     */
    public TextEvent event(Value root, InputRecord record) {
        return new TextEvent(
                id(root, record),
                texts(root),
                text(root, fields.language()),
                text(root, fields.source()),
                time(root),
                attributes(root),
                record.envelope());
    }

    private String id(Value root, InputRecord record) {
        Optional<FieldPath> path = fields.id();
        Optional<Value> found = path.flatMap(at -> first(root, at));
        if (found.isEmpty()) {
            return record.id();
        }
        return attribute(path.get(), found.get())
                .filter(id -> id instanceof Attribute.Text || id instanceof Attribute.Whole)
                .map(Attribute::asText)
                .orElseThrow(() -> unusable(path.get(), found.get(), "a text or a whole number"));
    }

    /** The texts that have something visible in them; those of a list have their position in their names. */
    private Map<String, String> texts(Value root) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        fields.texts().forEach((name, text) -> {
            int before = texts.size();
            String why = add(root, name, text.path(), texts);
            if (texts.size() == before) {
                missing.add(text.path() + " is " + why);
                if (text.required()) {
                    throw new UndecodableEventException(text.path() + " is " + why + "; text " + name + " is required");
                }
            }
        });
        if (texts.isEmpty()) {
            throw new UndecodableEventException(
                    String.join("; ", missing) + "; allowed is a text there with a visible code point");
        }
        return texts;
    }

    /** Adds what is there, and says why that might be nothing. */
    private static String add(Value root, String name, FieldPath path, Map<String, String> texts) {
        List<Value> found = FieldPaths.find(root, path);
        if (found.size() == 1 && !path.isMany()) {
            Optional<List<Value>> elements = found.get(0).elements();
            if (elements.isEmpty()) {
                return add(name, path, found.get(0), texts);
            }
            found = elements.get();
        } else if (!path.isMany()) {
            return "missing";
        }
        for (int i = 0; i < found.size(); i++) {
            add(name + "[" + i + "]", path, found.get(i), texts);
        }
        return "a list without a visible text";
    }

    private static String add(String name, FieldPath path, Value found, Map<String, String> texts) {
        if (found.isNull()) {
            return "null";
        }
        String text = text(path, found);
        if (Visible.in(text)) {
            texts.put(name, text);
        }
        return text.isEmpty()
                ? "empty"
                : "%d code points, none of them visible".formatted(text.codePointCount(0, text.length()));
    }

    private static Optional<String> text(Value root, Optional<FieldPath> path) {
        return path.flatMap(at -> first(root, at).map(found -> text(at, found)));
    }

    private static String text(FieldPath path, Value found) {
        return read(path, () -> found.text()).orElseThrow(() -> unusable(path, found, "a text"));
    }

    private Optional<Instant> time(Value root) {
        return fields.occurredAt().flatMap(path -> first(root, path)
                .map(found -> read(path, found::time).orElseThrow(() -> unusable(path, found, Times.ALLOWED))));
    }

    private Map<String, Attribute> attributes(Value root) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        fields.attributes().all().ifPresent(path -> first(root, path)
                .ifPresent(all -> all.members().forEach((name, found) -> put(attributes, name, path, found))));
        fields.attributes().byName().forEach((name, path) -> first(root, path)
                .ifPresent(found -> put(attributes, name, path, found)));
        return attributes;
    }

    private static void put(Map<String, Attribute> attributes, String name, FieldPath path, Value found) {
        if (!found.isNull()) {
            attributes.put(
                    name,
                    attribute(path, found).orElseThrow(() -> unusable(path, found, "a text, a number, true or false")));
        }
    }

    private static Optional<Attribute> attribute(FieldPath path, Value found) {
        return read(path, found::attribute);
    }

    /** What is at a path first; empty when that is nothing or null. */
    private static Optional<Value> first(Value root, FieldPath path) {
        return FieldPaths.find(root, path).stream().findFirst().filter(found -> !found.isNull());
    }

    /** Has the error of a value name its path. */
    private static <T> T read(FieldPath path, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UndecodableEventException e) {
            throw new UndecodableEventException("field " + path + ": " + e.getMessage(), e.getCause());
        }
    }

    private static UndecodableEventException unusable(FieldPath path, Value found, String allowed) {
        return new UndecodableEventException(
                "field %s is of type %s; allowed is %s".formatted(path, found.kind(), allowed));
    }
}
