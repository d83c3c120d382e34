package dev.lexstream.stream.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.stream.StreamLab;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicsIT {

    private static final int MAX_REQUEST_BYTES = 16 << 20;
    private static final ProducerLimits PRODUCER =
            new ProducerLimits(MAX_REQUEST_BYTES, Compression.lz4().build());
    private static StreamLab lab;
    private static Admin admin;

    @BeforeAll
    static void startLab() {
        lab = new StreamLab();
        admin = lab.admin();
    }

    @AfterAll
    static void stopLab() {
        admin.close();
        lab.close();
    }

    @Test
    void topicsThatExistAreDescribed() {
        TopicSettings names = lab.names();
        lab.createTopic(names.input(), 5, Map.of());
        lab.createTopic(names.output(), 2, Map.of("max.message.bytes", "5000"));
        lab.createTopic(names.deadLetters(), 1, Map.of("max.message.bytes", "" + (32 << 20)));

        Topics topics = check(names);

        assertThat(topics.inputs()).isEqualTo(Map.of(names.input(), 5));
        assertThat(topics.outputs().get(names.output()))
                .isEqualTo(new OutputTopic(
                        names.output(),
                        new SizeLimit(PRODUCER.maxRequestBytes(), 5000, List.of(PRODUCER.compression())),
                        false,
                        new TimeBounds(Long.MAX_VALUE, Duration.ofHours(1).toMillis())));
        assertThat(topics.deadLetters().size().batchBytes()).isEqualTo(32 << 20);
        assertThat(topics.deadLetters().times()).isEqualTo(TimeBounds.NONE);
    }

    @Test
    void whatATopicsConfigurationRefusesIsKnown() {
        TopicSettings names = lab.names();
        lab.createTopic(names.input(), 1, Map.of());
        lab.createTopic(
                names.output(),
                1,
                Map.of(
                        "cleanup.policy", "compact,delete",
                        "compression.type", "uncompressed",
                        "message.timestamp.before.max.ms", "1000",
                        "message.timestamp.after.max.ms", "2000"));
        lab.createTopic(names.deadLetters(), 1, Map.of());

        OutputTopic output = check(names).outputs().get(names.output());

        assertThat(output.keyRequired()).isTrue();
        assertThat(output.times()).isEqualTo(new TimeBounds(1000, 2000));
        assertThat(output.size().compressions())
                .extracting(Compression::type)
                .containsExactly(CompressionType.LZ4, CompressionType.NONE);
    }

    @Test
    void theBrokersOwnTimeIsNeverOutOfBounds() {
        TopicSettings names = lab.names();
        lab.createTopic(names.input(), 1, Map.of());
        lab.createTopic(names.output(), 1, Map.of("message.timestamp.type", "LogAppendTime"));
        lab.createTopic(names.deadLetters(), 1, Map.of());

        assertThat(check(names).outputs().get(names.output()).times()).isEqualTo(TimeBounds.NONE);
    }

    @Test
    void allMissingTopicsAreNamedAtOnce() {
        TopicSettings names = lab.names();
        lab.createTopic(names.input(), 1, Map.of());

        assertThatThrownBy(() -> check(names))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("topics.output: no topic " + names.output())
                .hasMessageContaining("topics.dead-letters: no topic " + names.deadLetters())
                .hasMessageContaining("topics.create")
                .hasMessageNotContaining("topics.input");
    }

    @Test
    void missingTopicsAreCreatedWhenTheSettingsSaySo() {
        TopicSettings names = lab.names();
        lab.createTopic(names.input(), 5, Map.of());
        TopicSettings create =
                new TopicSettings(names.input(), names.output(), names.deadLetters(), true, 3, Optional.of((short) 1));

        Topics created = check(create);

        assertThat(created.inputs()).isEqualTo(Map.of(names.input(), 5));
        assertThat(created.deadLetters().size().batchBytes())
                .isGreaterThan(created.outputs().get(names.output()).size().batchBytes());
        assertThat(check(names)).isEqualTo(created);
    }

    @Test
    void aCompactedDeadLetterTopicIsRefused() {
        TopicSettings names = lab.names();
        lab.createTopic(names.input(), 1, Map.of());
        lab.createTopic(names.output(), 1, Map.of());
        lab.createTopic(names.deadLetters(), 1, Map.of("cleanup.policy", "compact"));

        assertThatThrownBy(() -> check(names))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("topic " + names.deadLetters() + " is compacted");
    }

    @Test
    void aBrokerThatIsNotThereIsNamedByItsSetting() {
        Map<String, Object> impatient =
                Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 500, "request.timeout.ms", 500);
        try (Admin nobody = Admin.create(impatient)) {
            assertThatThrownBy(() -> Topics.check(nobody, lab.names(), Map.of(), PRODUCER))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("kafka.bootstrap.servers");
        }
    }

    private static Topics check(TopicSettings names) {
        return Topics.check(admin, names, Map.of(), PRODUCER);
    }
}
