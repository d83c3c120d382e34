package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.enrich.Outcome;
import dev.lexstream.event.UndecodableEventException;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.registry.SchemaRejectedException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataErrorsTest {

    static Stream<Throwable> theRecordsOwn() {
        return Stream.of(
                new UndecodableEventException("no event"),
                new StageFailedException(
                        new Outcome.Failed("tag", Texts.MODEL, new ItemFailedException("cannot", null))),
                new OutputTooLargeException("out", 2, 1));
    }

    static Stream<Throwable> theWorlds() {
        return Stream.of(
                new RegistryUnavailableException("away", null),
                new SchemaRejectedException("incompatible"),
                new ResultUnavailableException("device lost", null),
                new ResultUnavailableException("wrapped", new UndecodableEventException("no event")),
                new TimeoutException("broker"),
                new InterruptException("stop"),
                new IllegalStateException("bug"),
                new NullPointerException(),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("theRecordsOwn")
    void whatIsWrongWithTheRecordIsADataError(Throwable failure) {
        assertThat(DataErrors.isDataError(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("theWorlds")
    void allElseIsNot(Throwable failure) {
        assertThat(DataErrors.isDataError(failure)).isFalse();
    }
}
