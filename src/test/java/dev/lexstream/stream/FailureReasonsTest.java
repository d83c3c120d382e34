package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.Reason;
import dev.lexstream.inference.DeviceLostException;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.plan.Outcome;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.registry.SchemaRejectedException;
import dev.lexstream.registry.WireFormatException;
import dev.lexstream.stream.fault.FailureReasons;
import dev.lexstream.stream.topic.OutputRefusedException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReasonsTest {

    static Stream<Arguments> failures() {
        Throwable lost = new DeviceLostException("the device fails", null);
        UndecodableEventException noEvent = new UndecodableEventException("no event");
        return Stream.of(
                Arguments.of(noEvent, Reason.INVALID_EVENT),
                Arguments.of(
                        new UndecodableEventException("no Avro", new WireFormatException("no Avro")),
                        Reason.UNDECODABLE),
                Arguments.of(
                        new StageFailedException(
                                new Outcome.Failed("tag", Texts.MODEL, new ItemFailedException("cannot", null))),
                        Reason.STAGE_FAILED),
                Arguments.of(new OutputRefusedException(Reason.OUTPUT_TOO_LARGE, "large"), Reason.OUTPUT_TOO_LARGE),
                Arguments.of(new InvalidRecordException("no key"), Reason.OUTPUT_REFUSED),
                Arguments.of(new InvalidTimestampException("tomorrow"), Reason.OUTPUT_REFUSED),
                Arguments.of(lost, Reason.DEVICE_LOST),
                Arguments.of(new IllegalStateException("waiting for stage tag", lost), Reason.DEVICE_LOST),
                Arguments.of(unavailable(lost), Reason.DEVICE_LOST),
                Arguments.of(unavailable(new OutOfMemoryError()), Reason.OUT_OF_MEMORY),
                Arguments.of(unavailable(null), Reason.NO_RESULT),
                Arguments.of(unavailable(noEvent), Reason.NO_RESULT),
                Arguments.of(new IllegalStateException("of another", noEvent), Reason.INTERNAL),
                Arguments.of(new SchemaRejectedException("rejected"), Reason.SCHEMA_REJECTED),
                Arguments.of(new RegistryUnavailableException("away", null), Reason.REGISTRY),
                Arguments.of(new TimeoutException("broker"), Reason.BROKER),
                Arguments.of(new ConfigException("a setting is wrong"), Reason.CONFIGURATION),
                Arguments.of(
                        new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"), Reason.BROKER),
                Arguments.of(new KafkaException("of no kind"), Reason.BROKER),
                Arguments.of(new TopicAuthorizationException("enriched"), Reason.ACCESS_REFUSED),
                Arguments.of(new InterruptException("stop"), Reason.INTERRUPTED),
                Arguments.of(new OutOfMemoryError("Java heap space"), Reason.OUT_OF_MEMORY),
                Arguments.of(new NoClassDefFoundError("dev/lexstream/Missing"), Reason.INSTALLATION),
                Arguments.of(new IllegalStateException("a defect"), Reason.INTERNAL),
                Arguments.of(new StackOverflowError(), Reason.INTERNAL),
                Arguments.of(new NullPointerException("a defect"), Reason.INTERNAL));
    }

    private static Throwable unavailable(Throwable cause) {
        return new ResultUnavailableException(Reason.NO_RESULT, "waiting", cause);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureMeansTheSameWhenKafkaStreamsHasWrappedIt(Throwable failure, Reason expected) {
        assertThat(FailureReasons.of(failure)).isEqualTo(expected);
        assertThat(FailureReasons.of(new StreamsException("Exception caught in process", failure)))
                .isEqualTo(expected);
        assertThat(FailureReasons.of(new StreamsException("outer", new StreamsException("inner", failure))))
                .isEqualTo(expected);
    }

    @Test
    void whatKafkaStreamsSaysItselfIsTheBrokers() {
        assertThat(FailureReasons.of(new StreamsException("no thread left"))).isEqualTo(Reason.BROKER);
    }

    /** Exit codes are API. */
    @Test
    void exitCodesDiffer() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .doesNotHaveDuplicates()
                .startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
    }
}
