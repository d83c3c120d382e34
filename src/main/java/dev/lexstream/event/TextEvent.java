package dev.lexstream.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that was written or said, as it is enriched, in whatever format it came. Immutable, but for the bytes of its envelope,
 * which nobody may change. Events are equal when all their parts are.
 *
 * @param id identifies the event
 * @param texts by name, one or more; the first is the main text, whose language the event's is
 * @param language BCP 47 tag that the event declares
 * @param source where it comes from, free form
 * @param occurredAt when it was written or said
 * @param attributes by name, in the event's order; enrichment passes them on
 * @param envelope of the record that held the event
 */
public record TextEvent(
        String id,
        Map<String, String> texts,
        Optional<String> language,
        Optional<String> source,
        Optional<Instant> occurredAt,
        Map<String, Attribute> attributes,
        Envelope envelope) {

    /** Name of the text of events that have one. */
    public static final String TEXT = "text";

    /** @throws IllegalArgumentException when there is no text */
    public TextEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(envelope, "envelope");
        texts = ordered(texts);
        attributes = ordered(attributes);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("an event has one text or more, found none");
        }
    }

    /** An event of one text and nothing else. */
    public static TextEvent of(String id, String text, Optional<String> language) {
        return new TextEvent(
                id, Map.of(TEXT, text), language, Optional.empty(), Optional.empty(), Map.of(), Envelope.NONE);
    }

    /** The main text. */
    public String text() {
        return texts.values().iterator().next();
    }

    /** The text by a name, if there is one. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        if (map.size() <= 1) {
            return Map.copyOf(map);
        }
        Map<String, V> copy = new LinkedHashMap<>(map);
        if (copy.containsKey(null) || copy.containsValue(null)) {
            throw new NullPointerException("names and values");
        }
        return Collections.unmodifiableMap(copy);
    }
}
