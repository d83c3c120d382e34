package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollPrefetcherTest {

    private static final TopicPartition FIRST = new TopicPartition("texts", 0);
    private static final TopicPartition SECOND = new TopicPartition("texts", 1);

    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ZERO);
    private final Intake intake = Texts.intake(record -> Texts.event("id", "text"), Texts.enricher(tagger));
    private final PollPrefetcher prefetcher = new PollPrefetcher();

    @BeforeEach
    void configure() {
        prefetcher.configure(Map.of(PollPrefetcher.INTAKE_CONFIG, intake));
    }

    @AfterEach
    void close() {
        tagger.close();
    }

    @Test
    void recordsPassUnchangedAndAllOfThemAreSubmitted() {
        ConsumerRecords<byte[], byte[]> records = records();

        assertThat(prefetcher.onConsume(records)).isSameAs(records);
        assertThat(intake.stats().waiting()).isEqualTo(3);
    }

    @Test
    void closingLeavesPartitionsAloneThatMayBeAnothersByNow() {
        prefetcher.onConsume(records());

        prefetcher.close();

        assertThat(intake.stats().waiting()).isEqualTo(3);
    }

    @Test
    void theSettingMustBeAnIntake() {
        PollPrefetcher fresh = new PollPrefetcher();

        assertThatThrownBy(() -> fresh.configure(Map.of(PollPrefetcher.INTAKE_CONFIG, "dev.lexstream.stream.Intake")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("lexstream.intake")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> fresh.configure(Map.of())).isInstanceOf(ConfigException.class);
    }

    private static ConsumerRecords<byte[], byte[]> records() {
        return new ConsumerRecords<>(
                Map.of(
                        FIRST, List.of(Texts.record(0, 1, "a"), Texts.record(0, 2, "b")),
                        SECOND, List.of(Texts.record(1, 1, "c"))),
                Map.of());
    }
}
