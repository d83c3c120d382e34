package dev.lexstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings have Confluent's names and defaults; mistakes are reported all at once. */
class RegistrySettingsTest {
    @Test
    void givenOnlyAnAddressWhenReadThenTheDefaultsHold() {
        var settings = RegistrySettings.of(Map.of("schema.registry.url", "http://a:8081, https://b:8081"));

        assertThat(settings.urls()).containsExactly("http://a:8081", "https://b:8081");
        assertThat(settings.autoRegister()).isTrue();
        assertThat(settings.useLatestVersion()).isFalse();
        assertThat(settings.subjects()).isEqualTo(SubjectNameStrategy.TOPIC_NAME);
        assertThat(settings.retries()).isEqualTo(new RetryPolicy(4, 200, 10_000));
    }

    @Test
    void givenSettingsOfTheClientWhenReadThenTheyReachItUnchanged() {
        var settings = RegistrySettings.of(Map.of(
                "schema.registry.url", "http://a",
                "schema.registry.ssl.truststore.location", "/etc/ca.jks",
                "basic.auth.user.info", "ada:secret",
                "request.header.X-Team", "text",
                "http.read.timeout.ms", "123",
                "missing.id.cache.ttl.sec", "5"));

        assertThat(settings.client())
                .containsEntry("schema.registry.ssl.truststore.location", "/etc/ca.jks")
                .containsEntry("basic.auth.user.info", "ada:secret")
                .containsEntry("http.read.timeout.ms", 123)
                .containsEntry("missing.id.cache.ttl.sec", 5L);
        assertThat(settings.headers()).isEqualTo(Map.of("X-Team", "text"));
    }

    @Test
    void givenUseLatestVersionWhenReadThenNothingIsRegistered() {
        var settings = RegistrySettings.of(Map.of("schema.registry.url", "http://a", "use.latest.version", true));

        assertThat(settings.useLatestVersion()).isTrue();
        assertThat(settings.autoRegister()).isFalse();
    }

    @Test
    void givenSeveralMistakesWhenReadThenTheErrorNamesThemAll() {
        assertThatThrownBy(() -> RegistrySettings.of(Map.of(
                        "max.retries", "-1",
                        "auto.register.schemas", "perhaps",
                        "auto.register.schema", "true",
                        "value.subject.name.strategy", "Mine")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "schema.registry.url",
                        "max.retries",
                        "perhaps",
                        "Unknown setting auto.register.schema;",
                        "unknown strategy 'Mine'; allowed are TopicNameStrategy");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8081, '', must begin with http",
        "'', '', must begin with http",
        "http://a, true, at most one can be"
    })
    void givenAnAddressOrFlagsThatCannotBeWhenReadThenTheErrorSaysWhatIsAllowed(
            String url, String both, String message) {
        var settings = both.isEmpty()
                ? Map.of("schema.registry.url", url)
                : Map.of("schema.registry.url", url, "auto.register.schemas", both, "use.latest.version", both);

        assertThatThrownBy(() -> RegistrySettings.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, t-value",
        "RecordNameStrategy, a.B",
        "TopicRecordNameStrategy, t-a.B",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, a.B"
    })
    void givenAStrategysNameWhenASubjectIsNamedThenItIsConfluents(String name, String subject) {
        assertThat(SubjectNameStrategy.named(name).subject("t", "a.B")).isEqualTo(subject);
    }
}
