package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class ResultWaitTest {

    private final ResultWait wait = new ResultWait(Duration.ofMillis(20));
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

        assertThatThrownBy(() -> wait.await(CompletableFuture.failedFuture(cause), "stage tag", record))
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageStartingWith("texts-3 offset 42: stage tag failed: ")
                .hasCause(cause);
    }

    @Test
    void aResultThatDoesNotComeIsWaitedForOnlySoLong() {
        assertThatThrownBy(() -> wait.await(new CompletableFuture<>(), "stage tag", record))
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageContaining("inference.result-timeout");
    }

    @Test
    void aResultThatWasGivenUpIsAnEngineFailureToo() {
        CompletableFuture<String> result = new CompletableFuture<>();
        result.cancel(false);

        assertThatThrownBy(() -> wait.await(result, "stage tag", record))
                .isInstanceOf(ResultUnavailableException.class);
    }

    @Test
    void anInterruptIsKafkasAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> wait.await(new CompletableFuture<>(), "stage tag", record))
                .isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
