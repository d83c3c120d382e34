package dev.lexstream.registry;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Names the subject under which the schema of a topic's values is registered. The three strategies of the Confluent
 * clients, under the class names those use; the part after the last dot is enough.
 */
enum SubjectNameStrategy {
    /** {@code <topic>-value}. The default. */
    TOPIC_NAME("TopicNameStrategy"),
    /** The record's full name: one evolving schema for all topics. */
    RECORD_NAME("RecordNameStrategy"),
    /** {@code <topic>-<full name>}: several record types in one topic. */
    TOPIC_RECORD_NAME("TopicRecordNameStrategy");

    private static final String CONFLUENT_PACKAGE = "io.confluent.kafka.serializers.subject.";

    private final String shortName;

    SubjectNameStrategy(String shortName) {
        this.shortName = shortName;
    }

    /** @throws IllegalArgumentException if {@code name} is neither a Confluent class name nor a short name */
    static SubjectNameStrategy named(String name) {
        return Arrays.stream(values())
                .filter(s -> name.equals(s.shortName) || name.equals(CONFLUENT_PACKAGE + s.shortName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown strategy '" + name + "'; allowed are "
                        + Arrays.stream(values()).map(s -> s.shortName).collect(Collectors.joining(", "))
                        + ", alone or with the package " + CONFLUENT_PACKAGE));
    }

    String subject(String topic, String recordFullName) {
        return switch (this) {
            case TOPIC_NAME -> topic + "-value";
            case RECORD_NAME -> recordFullName;
            case TOPIC_RECORD_NAME -> topic + "-" + recordFullName;
        };
    }

    String shortName() {
        return shortName;
    }
}
