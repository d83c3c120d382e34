package dev.lexstream.config;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The topics that events are read from. */
public sealed interface InputTopics {

    /** Whether a topic is one of them. */
    boolean include(String topic);

    /**
     * Topics by name.
     *
     * @param names one or more, which differ
     */
    record Named(List<String> names) implements InputTopics {
        public Named {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("names must have one or more");
            }
            names.forEach(name -> TopicSettings.requireLegal("input", name));
        }

        @Override
        public boolean include(String topic) {
            return names.contains(topic);
        }

        @Override
        public String toString() {
            return String.join(", ", names);
        }
    }

    /**
     * All topics whose whole name matches, also those that are made later.
     *
     * @param pattern of the name
     */
    record Matching(Pattern pattern) implements InputTopics {
        public Matching {
            Objects.requireNonNull(pattern, "pattern");
        }

        @Override
        public boolean include(String topic) {
            return pattern.matcher(topic).matches();
        }

        /** As patterns have no equality of their own. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Matching matching
                    && pattern.pattern().equals(matching.pattern.pattern())
                    && pattern.flags() == matching.pattern.flags();
        }

        @Override
        public int hashCode() {
            return pattern.pattern().hashCode();
        }

        @Override
        public String toString() {
            return "topics that match " + pattern.pattern();
        }
    }
}
