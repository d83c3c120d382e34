package dev.lexstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.stream.Texts;
import dev.lexstream.stream.UpperCaseTagger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubmittingInterceptorTest {

    private static final TopicPartition FIRST = new TopicPartition("texts", 0);
    private static final TopicPartition SECOND = new TopicPartition("texts", 1);

    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ZERO);
    private final Intake intake = Texts.intake(record -> Texts.event("id", "text"), Texts.enricher(tagger));
    private final List<Map<TopicPartition, OffsetAndMetadata>> committed = new ArrayList<>();
    private final SubmittingInterceptor interceptor = new SubmittingInterceptor();

    @BeforeEach
    void configure() {
        interceptor.configure(
                Map.of(SubmittingInterceptor.LINK_CONFIG, new SubmittingInterceptor.Link(intake, committed::add)));
    }

    @AfterEach
    void close() {
        tagger.close();
    }

    @Test
    void theSameRecordsPassAndAllOfThemCarryTheirTexts() {
        ConsumerRecords<byte[], byte[]> records = new ConsumerRecords<>(
                Map.of(
                        FIRST, List.of(Texts.record(0, 1, "a"), Texts.record(0, 2, "b")),
                        SECOND, List.of(Texts.record(1, 1, "c"))),
                Map.of());

        assertThat(interceptor.onConsume(records)).isSameAs(records);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            assertThat(InFlightRecord.take(record.headers()).text()).isCompleted();
            assertThat(record.headers()).isEmpty();
        }
    }

    @Test
    void commitsAreTold() {
        Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(FIRST, new OffsetAndMetadata(3));

        interceptor.onCommit(offsets);

        assertThat(committed).containsExactly(offsets);
    }

    @Test
    void theSettingMustBeALink() {
        SubmittingInterceptor fresh = new SubmittingInterceptor();

        assertThatThrownBy(() -> fresh.configure(Map.of(SubmittingInterceptor.LINK_CONFIG, "Link")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("lexstream.intake")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> fresh.configure(Map.of())).isInstanceOf(ConfigException.class);
    }
}
