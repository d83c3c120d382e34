package dev.lexstream.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.avro.TextEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/** Text events to try Lexstream with: 64 sentences, half English, half Chinese; half of them declare their language. */
public final class SampleEvents {
    private static final String RESOURCE = "sample-events.jsonl";

    private SampleEvents() {}

    /** Reads the events, in file order. They have no {@code occurredAt}. */
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
        var attributes = new HashMap<String, String>();
        json.path("attributes")
                .properties()
                .forEach(a -> attributes.put(a.getKey(), a.getValue().asText()));
        return TextEvent.newBuilder()
                .setId(json.get("id").asText())
                .setText(json.get("text").asText())
                .setLanguage(json.path("language").textValue())
                .setSource(json.path("source").textValue())
                .setAttributes(attributes)
                .build();
    }
}
