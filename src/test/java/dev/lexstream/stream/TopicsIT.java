package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.TopicSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicsIT {

    private static final int MAX_REQUEST_BYTES = 16 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
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

        assertThat(check(names))
                .isEqualTo(new Topics(
                        5,
                        new OutputTopic(names.output(), 5000),
                        new OutputTopic(names.deadLetters(), MAX_REQUEST_BYTES)));
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

        assertThat(created.inputPartitions()).isEqualTo(5);
        assertThat(created.deadLetters().maxRecordBytes())
                .isGreaterThan(created.output().maxRecordBytes());
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
        try (Admin nobody = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            assertThatThrownBy(() -> Topics.check(nobody, lab.names(), MAX_REQUEST_BYTES, Duration.ofMillis(500)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("kafka.bootstrap.servers");
        }
    }

    private static Topics check(TopicSettings names) {
        return Topics.check(admin, names, MAX_REQUEST_BYTES, TIMEOUT);
    }
}
