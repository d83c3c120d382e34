package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.failure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class ResultWaitTest {

    private final ResultWait wait = new ResultWait(Duration.ofMillis(20), Clock.systemUTC());
    private final Optional<RecordMetadata> record = Optional.of(new RecordMetadata() {
        @Override
        public String topic() {
            return "texts";
        }

        @Override
        public int partition() {
            return 3;
        }

        @Override
        public long offset() {
            return 42;
        }
    });

    @Test
    void aFailureOfTheEngineNamesRecordAndStageAndKeepsItsCause() {
        IllegalStateException cause = new IllegalStateException("device lost");

        assertThatThrownBy(() -> wait.await(
                        CompletableFuture.failedFuture(cause), "stage tag", record, Instant.now(), () -> false))
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageStartingWith("texts-3 offset 42: stage tag failed: ")
                .hasCause(cause);
    }

    @Test
    void aResultThatDoesNotComeIsWaitedForOnlySoLong() {
        assertThatThrownBy(() -> wait.await(new CompletableFuture<>(), "stage tag", record, Instant.now(), () -> false))
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageContaining("inference.result-timeout");
    }

    /** Its stage is not slow: batches hold the text that has waited longest. */
    @Test
    void aResultThatOthersHaveOvertakenIsNotWaitedForAgain() {
        ResultWait patient = new ResultWait(Duration.ofHours(1), Clock.systemUTC());

        assertThatThrownBy(() -> patient.await(
                        new CompletableFuture<>(),
                        "stage tag",
                        record,
                        Instant.now().minusSeconds(3600),
                        () -> true))
                .isInstanceOf(ResultUnavailableException.class)
                .satisfies(e -> assertThat(FailureReasons.of(e)).isEqualTo(Reason.NO_RESULT));
    }

    @Test
    void aStageThatAnswersNobodyIsSlow() {
        assertThatThrownBy(() -> wait.await(
                        new CompletableFuture<>(),
                        "stage tag",
                        record,
                        Instant.now().minusSeconds(3600),
                        () -> false))
                .satisfies(e -> assertThat(FailureReasons.of(e)).isEqualTo(Reason.ENGINE_SLOW));
    }

    @Test
    void aResultThatWasGivenUpIsAnEngineFailureToo() {
        CompletableFuture<String> result = new CompletableFuture<>();
        result.cancel(false);

        assertThatThrownBy(() -> wait.await(result, "stage tag", record, Instant.now(), () -> false))
                .isInstanceOf(ResultUnavailableException.class);
    }

    @Test
    void anInterruptIsKafkasAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> wait.await(new CompletableFuture<>(), "stage tag", record, Instant.now(), () -> false))
                .isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
