package dev.lexstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lexstream.event.FieldPath;
import dev.lexstream.event.TextEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the section {@code input}, whose values are paths.
 *
 * @param section of a file that the schema allows, or missing
 */
record InputReader(JsonNode section) {

    private static final String INPUT = "input";

    /** The keys that say where something is. */
    private static final List<String> FIELDS =
            List.of("id", "text", "texts", "language", "source", "occurred-at", "attributes");

    /** The settings of a section without problems. */
    InputSettings settings() {
        Format format = format();
        boolean fields = FIELDS.stream().anyMatch(section::has);
        return new InputSettings(format, fields ? Optional.of(fields()) : Optional.empty());
    }

    /** How values are written. */
    Format format() {
        return section.has("format") ? Format.parse(section.get("format").textValue()) : InputSettings.DEFAULT.format();
    }

    private FieldSettings fields() {
        JsonNode attributes = section.path("attributes");
        return new FieldSettings(
                path("id"),
                texts(),
                path("language"),
                path("source"),
                path("occurred-at"),
                new FieldSettings.Attributes(path("attributes"), paths(attributes)));
    }

    private Map<String, FieldSettings.Text> texts() {
        Map<String, FieldSettings.Text> texts = new LinkedHashMap<>();
        path("text").ifPresent(path -> texts.put(TextEvent.TEXT, new FieldSettings.Text(path, false)));
        section.path("texts").properties().forEach(text -> {
            JsonNode value = text.getValue();
            String path = value.path("path").asText(value.asText());
            boolean required = value.path("required").asBoolean(PipelineDefaults.REQUIRED);
            texts.put(text.getKey(), new FieldSettings.Text(FieldPath.parse(path), required));
        });
        return texts;
    }

    private Optional<FieldPath> path(String key) {
        return Optional.ofNullable(section.path(key).textValue()).map(FieldPath::parse);
    }

    private static Map<String, FieldPath> paths(JsonNode mapping) {
        Map<String, FieldPath> paths = new LinkedHashMap<>();
        mapping.properties()
                .forEach(path ->
                        paths.put(path.getKey(), FieldPath.parse(path.getValue().textValue())));
        return paths;
    }

    /** All that is wrong beyond the schema. */
    List<ConfigProblem> problems() {
        List<ConfigProblem> problems = new ArrayList<>();
        List<String> given = FIELDS.stream().filter(section::has).toList();
        if (section.path("format").asText().equals(Format.TEXT.toString())) {
            given.forEach(key -> problems.add(new ConfigProblem(
                    Problems.key(INPUT, key), "a path with format text", "allowed with formats avro and json")));
            return problems;
        }
        if (section.has("text") && section.has("texts")) {
            problems.add(new ConfigProblem(Problems.key(INPUT, "texts"), "text too", "allowed is one of them"));
        } else if (!given.isEmpty()
                && !section.has("text")
                && section.path("texts").isEmpty()) {
            problems.add(new ConfigProblem(
                    Problems.key(INPUT, "text"), "missing", "required where other paths are given, or texts"));
        }
        section.properties().forEach(field -> check(field.getKey(), field.getValue(), problems));
        return problems;
    }

    private static void check(String key, JsonNode value, List<ConfigProblem> problems) {
        String where = Problems.key(INPUT, key);
        if (!FIELDS.contains(key)) {
            return;
        }
        if (value.isTextual()) {
            checkPath(where, value.textValue(), problems);
        }
        value.properties().forEach(entry -> {
            String named = Problems.key(where, entry.getKey());
            if (!FieldSettings.NAME.matcher(entry.getKey()).matches()) {
                problems.add(new ConfigProblem(
                        named, "no name", "allowed are letters, digits and '_', not a digit first, at most 64"));
            }
            JsonNode path = entry.getValue().path("path");
            if (path.isTextual()) {
                checkPath(Problems.key(named, "path"), path.textValue(), problems);
            } else if (entry.getValue().isTextual()) {
                checkPath(named, entry.getValue().textValue(), problems);
            }
        });
    }

    private static void checkPath(String where, String path, List<ConfigProblem> problems) {
        try {
            FieldPath.parse(path);
        } catch (IllegalArgumentException e) {
            String[] found = e.getMessage().split("; ", 2);
            problems.add(new ConfigProblem(where, path + " (" + found[0] + ")", found[1]));
        }
    }
}
