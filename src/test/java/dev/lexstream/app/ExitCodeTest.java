package dev.lexstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.inference.DeviceLostException;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.registry.SchemaRejectedException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExitCodeTest {

    static Stream<Arguments> failures() {
        Throwable lost = new DeviceLostException("the device fails", null);
        return Stream.of(
                Arguments.of(lost, ExitCode.DEVICE),
                Arguments.of(new IllegalStateException("waiting for stage tag", lost), ExitCode.DEVICE),
                Arguments.of(new SchemaRejectedException("rejected"), ExitCode.CONFIGURATION),
                Arguments.of(new RegistryUnavailableException("away", null), ExitCode.INFRASTRUCTURE),
                Arguments.of(new TopicAuthorizationException("enriched"), ExitCode.INFRASTRUCTURE),
                Arguments.of(new NullPointerException("a defect"), ExitCode.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureMeansTheSameWhenKafkaStreamsHasWrappedIt(Throwable failure, ExitCode expected) {
        assertThat(ExitCode.of(failure)).isEqualTo(expected);
        assertThat(ExitCode.of(new StreamsException("Exception caught in process", failure)))
                .isEqualTo(expected);
        assertThat(ExitCode.of(new StreamsException("outer", new StreamsException("inner", failure))))
                .isEqualTo(expected);
    }

    @Test
    void whatKafkaStreamsSaysItselfIsInfrastructure() {
        assertThat(ExitCode.of(new StreamsException("no thread left"))).isEqualTo(ExitCode.INFRASTRUCTURE);
    }
}
