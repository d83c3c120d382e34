package dev.lexstream.config;

import dev.lexstream.event.FieldPath;
import dev.lexstream.event.TextEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in a record the parts of an event are.
 *
 * @param id key {@code id}: identifies the event, a text or a whole number. Topic, partition and offset of the record,
 *     with hyphens between them, where it is empty or nothing is there
 * @param texts key {@code texts}, or the same without its s for one: by name, one or more; the first is the main text
 * @param language key {@code language}: tag of the main text's language. Default empty: none is declared
 * @param source key {@code source}: where the event comes from. Default empty: not said
 * @param occurredAt key {@code occurred-at}: a time. Default empty: not said
 * @param attributes key {@code attributes}: facts about the event
 */
public record FieldSettings(
        Optional<FieldPath> id,
        Map<String, Text> texts,
        Optional<FieldPath> language,
        Optional<FieldPath> source,
        Optional<FieldPath> occurredAt,
        Attributes attributes) {

    /** Names of texts and attributes. */
    static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,63}");

    /** Where Lexstream's own text events have their parts. */
    public static final FieldSettings OF_TEXT_EVENTS = new FieldSettings(
            Optional.of(FieldPath.of("id")),
            Map.of(TextEvent.TEXT, new Text(FieldPath.of("text"), false)),
            Optional.of(FieldPath.of("language")),
            Optional.of(FieldPath.of("source")),
            Optional.of(FieldPath.of("occurredAt")),
            new Attributes(Optional.of(FieldPath.of("attributes")), Map.of()));

    /**
     * A text.
     *
     * @param path where it is; a list there is a text for each element
     * @param required key {@code required}: whether a record without it is a dead letter. Default false: the stages that read it
     *     are skipped
     */
    public record Text(FieldPath path, boolean required) {
        public Text {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * Facts about an event.
     *
     * @param all a record or map whose members they are, by their own names; empty for none
     * @param byName where each is, by the name that it gets
     */
    public record Attributes(Optional<FieldPath> all, Map<String, FieldPath> byName) {

        /** No attributes. */
        public static final Attributes NONE = new Attributes(Optional.empty(), Map.of());

        public Attributes {
            Objects.requireNonNull(all, "all");
            byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        }
    }

    /** @throws IllegalArgumentException when there is no text, or one has an illegal name */
    public FieldSettings {
        Objects.requireNonNull(id, "id");
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(attributes, "attributes");
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("texts must have one or more");
        }
        for (String name : texts.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("names of texts must be " + NAME + ", found " + name);
            }
        }
    }
}
