package dev.lexstream.app.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.Reason;
import dev.lexstream.model.BundleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private final List<Finding> handedOn = new ArrayList<>();
    private final Findings findings = new Findings(handedOn::add);

    @Test
    void allIsWellWithoutAFailure() {
        findings.passed(Part.FILE, "file");
        findings.warned(Part.BROKER, "topic", "compacted");
        findings.leftOut(Part.REGISTRY, "registry", "--offline");

        assertThat(findings.summary()).isEqualTo(new Summary(1, 1, 0, 1, ExitCode.OK));
        assertThat(handedOn).extracting(Finding::what).containsExactly("file", "topic", "registry");
    }

    @Test
    void theFirstFailureInTheOrderOfThePartsGivesTheCode() {
        findings.failed(Part.BROKER, "broker", new TimeoutException("no answer"));
        findings.failed(Part.MODELS, "model", new BundleException(Path.of("x"), List.of("altered")));
        findings.failed(Part.MODELS, "device", configuration());

        assertThat(findings.summary()).isEqualTo(new Summary(0, 0, 3, 0, ExitCode.MODEL));
    }

    @Test
    void theProblemsOfAConfigurationAreLinesOfTheirOwn() {
        findings.failed(Part.FILE, "file", configuration());

        assertThat(handedOn)
                .containsExactly(new Finding.Failed(
                        Part.FILE, "file", List.of("a: 1; allowed is 2", "b: 3; allowed is 4"), Reason.CONFIGURATION));
    }

    @Test
    void aFailureThatSaysNothingMeansWhatTheCheckSays() {
        findings.failed(Part.MODELS, "model", new IllegalStateException("odd"), Reason.MODEL);
        findings.failed(Part.MODELS, "other", new OutOfMemoryError("heap"), Reason.MODEL);

        assertThat(handedOn)
                .extracting(finding -> ((Finding.Failed) finding).reason())
                .containsExactly(Reason.MODEL, Reason.OUT_OF_MEMORY);
    }

    @Test
    void anInterruptionEndsTheChecks() {
        InterruptException interruption = new InterruptException("stop");
        assertThatThrownBy(() -> findings.failed(Part.BROKER, "broker", interruption))
                .isSameAs(interruption);
        assertThat(Thread.interrupted()).as("set by Kafka's exception").isTrue();
        assertThat(handedOn).isEmpty();
    }

    private static ConfigurationException configuration() {
        return new ConfigurationException(
                "pipeline",
                List.of(new ConfigProblem("a", "1", "allowed is 2"), new ConfigProblem("b", "3", "allowed is 4")));
    }
}
