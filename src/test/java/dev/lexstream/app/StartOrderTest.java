package dev.lexstream.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.inference.BatchRunner;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What bundles say is checked before a model is loaded and before the registry or a broker, which are not there, is asked. */
class StartOrderTest {

    private static final RunnerFactory NO_DEVICES = new RunnerFactory() {
        @Override
        public <P extends Prepared, R> List<BatchRunner<P, R>> runners(ModelBundle bundle, Task<?, P, R, ?> task) {
            throw new AssertionError("a model is loaded");
        }
    };

    @Test
    void aBudgetBelowTheLongestInputIsRefused() {
        assertThatThrownBy(() -> Application.start(pipeline("tagger-en"), NO_DEVICES))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("inference.max-batch-tokens: 8; allowed is");
    }

    @Test
    void aMissingBundleIsRefused() {
        assertThatThrownBy(() -> Application.start(pipeline("no-such-bundle"), NO_DEVICES))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("no-such-bundle");
    }

    private static Pipeline pipeline(String model) {
        return new Pipeline(
                "lexstream",
                Map.of("bootstrap.servers", "localhost:1"),
                Map.of("schema.registry.url", "http://localhost:1"),
                TopicSettings.existing("texts", "enriched", "dead"),
                Path.of(System.getProperty("lexstream.models")),
                new LanguageSettings(List.of("en", "zh")),
                List.of(new StageSettings("tag", model)),
                new InferenceSettings(
                        Devices.AUTO, 1, 1, Precision.AUTO, 64, 65_536, 8, 64, Duration.ZERO, Duration.ofSeconds(5)));
    }
}
