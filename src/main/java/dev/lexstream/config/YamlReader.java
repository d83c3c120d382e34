package dev.lexstream.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML into nodes that know their lines, which Jackson's own tree does not. One instance per document. */
final class YamlReader {

    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final List<ConfigProblem> problems;

    /** @param problems receives duplicate keys and aliases */
    YamlReader(List<ConfigProblem> problems) {
        this.problems = problems;
    }

    /**
     * Reads a document. An empty one is an empty mapping. A document that is not YAML at all, or no mapping, is one
     * problem and an empty mapping.
     */
    YamlNode.Mapping read(String document) {
        YamlNode.Mapping nothing = new YamlNode.Mapping(1, Map.of());
        try (YAMLParser parser = FACTORY.createParser(document)) {
            if (parser.nextToken() == null) {
                return nothing;
            }
            YamlNode root = node(parser, "", line(parser));
            if (parser.nextToken() != null) {
                problems.add(new ConfigProblem("line " + line(parser), "a second document", "one is allowed"));
            }
            if (root instanceof YamlNode.Mapping mapping) {
                return mapping;
            }
            if (!(root instanceof YamlNode.Nothing)) {
                problems.add(new ConfigProblem("line " + root.line(), root.kind(), "allowed is a mapping of keys"));
            }
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "file" : "line " + e.getLocation().getLineNr();
            problems.add(new ConfigProblem(
                    line, "not YAML (" + firstLine(e.getOriginalMessage()) + ")", "allowed is a mapping of keys"));
        } catch (IOException e) {
            throw new IllegalStateException("reading from a string", e);
        }
        return nothing;
    }

    private YamlNode node(YAMLParser parser, String path, int line) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.add(
                    new ConfigProblem(Section.where(path, line), "alias *" + parser.getText(), "write the value out"));
            return new YamlNode.Nothing(line);
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(parser, path, line);
        }
        if (token == JsonToken.START_ARRAY) {
            List<YamlNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(node(parser, path + "[" + items.size() + "]", line(parser)));
            }
            return new YamlNode.Sequence(line, items);
        }
        return token == JsonToken.VALUE_NULL ? new YamlNode.Nothing(line) : new YamlNode.Scalar(line, parser.getText());
    }

    private YamlNode.Mapping mapping(YAMLParser parser, String path, int line) throws IOException {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line(parser);
            parser.nextToken();
            String keyPath = Section.join(path, key);
            YamlNode earlier = entries.put(key, node(parser, keyPath, keyLine));
            if (earlier != null) {
                problems.add(new ConfigProblem(
                        Section.where(keyPath, keyLine),
                        "a second time, first on line " + earlier.line(),
                        "once is allowed"));
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
