package dev.lexstream.config;

import java.util.List;
import java.util.Map;

/** One value of a YAML document and the line it is on, from 1. */
sealed interface YamlNode {

    int line();

    /** What to call it in a message. */
    String kind();

    /** Keys in the order of the document. */
    record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Text as written, without quotes; numbers and booleans too. */
    record Scalar(int line, String text) implements YamlNode {
        @Override
        public String kind() {
            return "a single value";
        }
    }

    /** A key without a value. */
    record Nothing(int line) implements YamlNode {
        @Override
        public String kind() {
            return "no value";
        }
    }
}
