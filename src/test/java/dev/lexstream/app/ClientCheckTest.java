package dev.lexstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.stream.fault.FailureReasons;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that no client can be made of are told before models load, by name and without secrets. */
class ClientCheckTest {

    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

    private static Pipeline pipeline(Map<String, String> more) {
        Map<String, String> kafka = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1"));
        kafka.putAll(more);
        return new Pipeline(
                "lexstream",
                kafka,
                Map.of(),
                TopicSettings.existing("texts", "enriched", "dead"),
                Path.of("models"),
                new LanguageSettings(List.of("en", "zh")),
                List.of(new StageSettings("tag", "tagger-en")),
                InferenceSettings.defaults());
    }

    private static Map<String, String> sasl(String jaas) {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "SCRAM-SHA-256", "sasl.jaas.config", jaas);
    }

    private static String refusal(Map<String, String> settings) {
        Throwable failure = catchThrowable(() -> ClientCheck.check(pipeline(settings)));
        assertThat(failure).isInstanceOf(ConfigurationException.class);
        assertThat(FailureReasons.of(failure).exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        return failure.getMessage();
    }

    @Test
    void goodSettingsPassWithoutABroker() {
        ClientCheck.check(pipeline(sasl(SCRAM + " required username=\"u\" password=\"s3cret\";")));
    }

    @Test
    void aLoginConfigurationWithoutSemicolonIsToldAsSuch() {
        assertThat(refusal(sasl(SCRAM + " required username=\"u\" password=\"s3cret\"")))
                .contains("kafka.sasl.jaas.config: a value without a semicolon at its end")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                "required;",
                SCRAM + ";",
                SCRAM + " sometimes password=\"s3cret\";",
                SCRAM + " required password=s3cret word;",
                SCRAM + " required password;",
                SCRAM + " required password=\"s3cret\"; " + SCRAM + " required;",
                "password=\"s3cret\";",
                "{\"password\": \"s3cret\"};"
            })
    void whatIsNoLoginConfigurationIsRefusedWithoutItsPieces(String jaas) {
        assertThat(refusal(sasl(jaas))).contains("kafka.sasl.jaas.config").doesNotContain("s3cret", "word");
    }

    @Test
    void aLoginModuleThatIsNotThereIsNamed() {
        assertThat(refusal(sasl("com.example.NoModule required username=\"user9\" password=\"s3cret\";")))
                .contains("kafka.sasl.jaas.config", "NoModule")
                .doesNotContain("s3cret", "user9");
    }

    @Test
    void aKeyStoreThatIsNotThereIsNamed() {
        assertThat(refusal(Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.location", "/nowhere/trust.jks",
                        "ssl.truststore.password", "s3cret")))
                .contains("kafka.ssl.truststore.location", "/nowhere/trust.jks")
                .doesNotContain("s3cret");
    }

    @Test
    void settingsOfOneClientAloneAreSeenToo() {
        assertThat(refusal(Map.of("producer.metric.reporters", "com.example.Missing")))
                .contains("com.example.Missing", "producer");
        assertThat(refusal(Map.of("consumer.metric.reporters", "com.example.Missing")))
                .contains("com.example.Missing", "consumer");
    }

    @Test
    void aBrokerWhoseNameMeansNothingIsNotTheFilesFault() {
        assertThatThrownBy(() -> ClientCheck.check(pipeline(Map.of("bootstrap.servers", "no.such.host.invalid:9092"))))
                .isInstanceOf(KafkaException.class);
    }
}
