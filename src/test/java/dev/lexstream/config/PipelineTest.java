package dev.lexstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import dev.lexstream.plan.OnError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pipeline that is made in Java obeys the rules that one from a file does. */
class PipelineTest {

    @Test
    void everySettingThatDoesNotFitTheOthersIsNamedAtOnce() {
        StageSettings slow = new StageSettings(
                "tag", "other", Optional.of(Duration.ofSeconds(2)), OnError.SKIP, 0, Optional.empty());

        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class,
                () -> new Pipeline(
                        "lexstream",
                        Map.of("bootstrap.servers", "localhost:9092"),
                        Map.of(),
                        TopicSettings.existing("texts", "enriched", "texts"),
                        Path.of("models"),
                        new LanguageSettings(List.of("en", "tlh"), 0.5, Optional.of("und")),
                        List.of(new StageSettings("tag", "tagger-en"), slow),
                        new InferenceSettings(
                                Devices.AUTO,
                                1,
                                1,
                                Precision.AUTO,
                                10,
                                100,
                                101,
                                11,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1))));

        assertThat(failure)
                .hasMessageStartingWith("pipeline has 8 problems:")
                .hasMessageContainingAll(
                        "topics.dead-letters: texts; input, output and dead-letters must differ",
                        "language.detect: [tlh]; allowed are af, ar,",
                        "language.default: und; allowed is a language tag, such as en",
                        "inference.max-batch-delay: 1000ms; allowed is less than inference.result-timeout (1000ms)",
                        "inference.max-in-flight: 10; allowed is max-batch-size (11) or more",
                        "inference.max-in-flight-tokens: 100; allowed is max-batch-tokens (101) or more",
                        "stages[1].name: tag a second time; names of stages must differ",
                        "stages[1].timeout: 2000ms; allowed is less than inference.result-timeout (1000ms)");
    }
}
