package dev.lexstream.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.event.Attribute;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.TextEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Text events to try Lexstream with: 64 sentences, half English, half Chinese; half of them declare their language. */
public final class SampleEvents {
    private static final String RESOURCE = "sample-events.jsonl";

    private SampleEvents() {}

    /** Reads the events, in file order. They have no time, key or headers. */
    public static List<TextEvent> load() {
        var json = new ObjectMapper();
        var events = new ArrayList<TextEvent>();
        var stream = Objects.requireNonNull(SampleEvents.class.getResourceAsStream(RESOURCE), RESOURCE);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                events.add(event(json.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
        return List.copyOf(events);
    }

    private static TextEvent event(JsonNode json) {
        var attributes = new LinkedHashMap<String, Attribute>();
        json.path("attributes")
                .properties()
                .forEach(a ->
                        attributes.put(a.getKey(), Attribute.of(a.getValue().asText())));
        return new TextEvent(
                json.get("id").asText(),
                Map.of(TextEvent.TEXT, json.get("text").asText()),
                Optional.ofNullable(json.path("language").textValue()),
                Optional.ofNullable(json.path("source").textValue()),
                Optional.empty(),
                attributes,
                Envelope.NONE);
    }
}
