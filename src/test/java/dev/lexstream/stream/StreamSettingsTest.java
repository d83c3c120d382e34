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
import dev.lexstream.stream.fault.DeadLetterCounts;
import dev.lexstream.stream.fault.DeadLetterHandler;
import dev.lexstream.stream.fault.DeadLetters;
import dev.lexstream.stream.fault.RecordHistory;
import dev.lexstream.stream.intake.Intake;
import dev.lexstream.stream.intake.SubmittingInterceptor;
import dev.lexstream.stream.topic.OutputTopic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {

    private final DeadLetterHandler.Decisions deadLetters = new DeadLetterHandler.Decisions(
            new DeadLetters(
                    () -> OutputTopic.limited("dead", 1000),
                    PipelineDefaults.DEAD_LETTERS,
                    new DeadLetterCounts("dead", 1, Clock.systemUTC()),
                    Clock.systemUTC()),
            new RecordHistory(Clock.systemUTC()));
    private final Intake intake = Texts.intake(
            record -> Texts.event("id", "text"),
            new Enricher(
                    List.of(), text -> Optional.empty(), Runnable::run, Capacity.ofTexts(1), Duration.ofSeconds(20)));
    private final SubmittingInterceptor.Link link = new SubmittingInterceptor.Link(intake, offsets -> {});

    @Test
    void resultsWaitForCommitsUnderExactlyOnceOnly() {
        assertThat(settings(Map.of("processing.guarantee", "exactly_once_v2"))
                        .held()
                        .commitInterval())
                .isEqualTo(Duration.ofMillis(500));
        assertThat(settings(Map.of("processing.guarantee", "at_least_once"))
                        .held()
                        .commitInterval())
                .isZero();
    }

    @Test
    void pendingRecordsOfAllThreadsFitTheEngine() {
        assertThat(settings(Map.of()).held().maxPending()).isEqualTo(3000);
        assertThat(settings(Map.of("num.stream.threads", "4")).held().maxPending())
                .isEqualTo(1500);
    }

    @Test
    void aPollIsKafkasButNoMoreThanAPartOfWhatMayBePending() {
        assertThat(settings(Map.of()).held().pollSize()).isEqualTo(500);
        assertThat(settings(Map.of("consumer.max.poll.records", "100")).held().pollSize())
                .isEqualTo(100);
        assertThat(settings(Map.of("num.stream.threads", "60")).held().pollSize())
                .isEqualTo(25);
        assertThat(new StreamsConfig(properties(Map.of("num.stream.threads", "60")))
                        .getMainConsumerConfigs("group", "client", 1))
                .containsEntry("max.poll.records", "25");
    }

    @Test
    void whereKafkaStreamsMakesTheConsumerItsPollsAreSubmitted() {
        StreamsConfig config = new StreamsConfig(properties(Map.of("group.protocol", "streams")));

        assertThat(config.getMainConsumerConfigs("group", "client", 1))
                .containsEntry("max.poll.records", "3000")
                .containsEntry("interceptor.classes", SubmittingInterceptor.class.getName())
                .containsEntry("lexstream.intake", link);
        assertThat(config.getRestoreConsumerConfigs("client")).doesNotContainKey("interceptor.classes");
    }

    @Test
    void defaultsAreExactlyOnceWithShortCommits() {
        StreamsConfig config = new StreamsConfig(properties(Map.of()));

        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(500);
        assertThat(config.getInt("num.stream.threads")).isEqualTo(2);
        assertThat(config.getLong("max.task.idle.ms")).isEqualTo(-1);
        assertThat(config.getMainConsumerConfigs("group", "client", 1))
                .containsEntry("max.poll.records", "500")
                .containsEntry("auto.offset.reset", "earliest")
                .doesNotContainKey("interceptor.classes");
        assertThat(config.getProducerConfigs("client"))
                .containsEntry("linger.ms", "5")
                .containsEntry("transaction.timeout.ms", "30000");
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
        String other = SubmittingInterceptor.class.getName();
        Properties properties = properties(Map.of("group.protocol", "streams", "consumer.interceptor.classes", other));

        assertThat(properties).containsEntry("main.consumer.interceptor.classes", other + "," + other);
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
        return settings(kafka).streams(link, deadLetters);
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
