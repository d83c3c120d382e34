package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineDefaults;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import dev.lexstream.plan.Capacity;
import dev.lexstream.plan.Enricher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {

    private final DeadLetterHandler.Decisions deadLetters = new DeadLetterHandler.Decisions(
            new DeadLetters(
                    () -> OutputTopic.limited("dead", 1000),
                    PipelineDefaults.DEAD_LETTERS,
                    new DeadLetterCounts("dead", 1, Clock.systemUTC()),
                    Clock.systemUTC()),
            new FailedRecords(Clock.systemUTC()));
    private final Intake intake = Texts.intake(
            record -> Texts.event("id", "text"),
            new Enricher(
                    List.of(), text -> Optional.empty(), Runnable::run, Capacity.ofTexts(1), Duration.ofSeconds(20)));

    @Test
    void earlyCommitsAreForExactlyOnceOnly() {
        TopicPartition partition = new TopicPartition("texts", 0);
        for (String guarantee : List.of("exactly_once_v2", "at_least_once")) {
            EarlyCommits commits =
                    settings(Map.of("processing.guarantee", guarantee)).earlyCommits();
            commits.polled(Set.of(partition), 1, EarlyCommits.Next.UNDER_WAY);

            assertThat(commits.processed(partition)).isEqualTo(guarantee.equals("exactly_once_v2"));
        }
    }

    @Test
    void pendingRecordsOfAllThreadsFitTheEngine() {
        assertThat(settings(Map.of()).held().pending()).isEqualTo(3000);
        assertThat(settings(Map.of("num.stream.threads", "4")).held().pending()).isEqualTo(1500);
        assertThat(settings(Map.of("consumer.max.poll.records", "100")).held().pending())
                .isEqualTo(100);
    }

    @Test
    void defaultsAreExactlyOnceWithShortCommitsAndBigPolls() {
        StreamsConfig config = new StreamsConfig(properties(Map.of()));

        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(500);
        assertThat(config.getInt("num.stream.threads")).isEqualTo(2);
        assertThat(config.getLong("max.task.idle.ms")).isEqualTo(-1);
        assertThat(config.getMainConsumerConfigs("group", "client", 1))
                .containsEntry("max.poll.records", "3000")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("interceptor.classes", "dev.lexstream.stream.PollPrefetcher")
                .containsEntry("lexstream.intake", intake);
        assertThat(config.getProducerConfigs("client"))
                .containsEntry("linger.ms", "5")
                .containsEntry("transaction.timeout.ms", "30000");
        assertThat(config.getRestoreConsumerConfigs("client")).doesNotContainKey("interceptor.classes");
    }

    @Test
    void whatTheFileSaysWinsUnderWhicheverPrefix() {
        StreamsConfig config = new StreamsConfig(properties(Map.of(
                "processing.guarantee", "at_least_once",
                "consumer.max.poll.records", "100",
                "auto.offset.reset", "latest",
                "linger.ms", "50",
                "producer.compression.type", "zstd")));

        assertThat(config.getString("processing.guarantee")).isEqualTo("at_least_once");
        assertThat(config.getMainConsumerConfigs("group", "client", 1))
                .containsEntry("max.poll.records", "100")
                .containsEntry("auto.offset.reset", "latest");
        assertThat(config.getProducerConfigs("client"))
                .containsEntry("linger.ms", "50")
                .containsEntry("compression.type", "zstd");
    }

    @Test
    void otherInterceptorsAreKeptAndComeFirst() {
        Properties properties =
                properties(Map.of("consumer.interceptor.classes", "dev.lexstream.stream.PollPrefetcher"));

        assertThat(properties)
                .containsEntry(
                        "main.consumer.interceptor.classes",
                        "dev.lexstream.stream.PollPrefetcher,dev.lexstream.stream.PollPrefetcher");
    }

    @Test
    void aResultTimeoutMustEndBeforeKafkasPatienceDoes() {
        Pipeline slow = pipeline(Map.of("transaction.timeout.ms", "20000"), Duration.ofSeconds(25));

        assertThatThrownBy(() -> new StreamSettings(slow))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("inference.result-timeout: 25000ms")
                .hasMessageContaining("kafka.producer.transaction.timeout.ms, which is 20000ms");
    }

    @Test
    void aPipelineThatNoFileWasReadForIsCheckedToo() {
        Pipeline wrong = pipeline(Map.of("group.id", "mine"), Duration.ofSeconds(1));

        assertThatThrownBy(() -> new StreamSettings(wrong))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("kafka.group.id: cannot be set");
    }

    private Properties properties(Map<String, String> kafka) {
        return settings(kafka).streams(intake, deadLetters);
    }

    private static StreamSettings settings(Map<String, String> kafka) {
        return new StreamSettings(pipeline(kafka, PipelineDefaults.RESULT_TIMEOUT));
    }

    private static Pipeline pipeline(Map<String, String> kafka, Duration resultTimeout) {
        Map<String, String> all = new HashMap<>(kafka);
        all.put("bootstrap.servers", "localhost:9092");
        return new Pipeline(
                "lexstream",
                all,
                Map.of(),
                TopicSettings.existing("texts", "enriched", "dead"),
                Path.of("models"),
                new LanguageSettings(PipelineDefaults.LANGUAGES),
                List.of(new StageSettings("tag", "tagger-en")),
                new InferenceSettings(
                        Devices.AUTO, 1, 1, Precision.AUTO, 6000, 6000, 1, 1, Duration.ZERO, resultTimeout));
    }
}
