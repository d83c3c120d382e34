package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.event.TextEvent;
import dev.lexstream.failure.Reason;
import dev.lexstream.inference.Inference;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.Enricher;
import dev.lexstream.stream.fault.FailureReasons;
import dev.lexstream.stream.fault.RecordPosition;
import dev.lexstream.stream.intake.PendingText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

class ResultWaitTest {

    private static final RecordPosition RECORD = new RecordPosition(new TopicPartition("texts", 3), 42);

    private final ResultWait wait = new ResultWait(Duration.ofMillis(20), Clock.systemUTC());
    private final CompletableFuture<Tagging> result = new CompletableFuture<>();
    private final CompletableFuture<Tagging> laterResult = new CompletableFuture<>();
    private final Queue<CompletableFuture<Tagging>> results = new ArrayDeque<>(List.of(result, laterResult));
    private final Enricher enricher = Texts.enricher(new Inference<String, Tagging>() {
        @Override
        public CompletableFuture<Tagging> submit(String input) {
            return results.remove();
        }

        @Override
        public void close() {
            // holds nothing
        }
    });

    private PendingText pending(Instant receivedAt) throws InterruptedException {
        TextEvent event = Texts.event("id", "text");
        return new PendingText(event, enricher.enrich(event), receivedAt);
    }

    @Test
    void aFailureOfTheEngineNamesRecordAndStageAndKeepsItsCause() throws InterruptedException {
        IllegalStateException cause = new IllegalStateException("device lost");
        result.completeExceptionally(cause);

        assertThatThrownBy(() -> wait.outcome(pending(Instant.now()), "tag", RECORD))
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageStartingWith("texts-3 offset 42: stage tag failed: ")
                .hasCause(cause);
    }

    @Test
    void aResultThatDoesNotComeIsWaitedForOnlySoLong() {
        assertThatThrownBy(() -> wait.outcome(pending(Instant.now()), "tag", RECORD))
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageContaining("inference.result-timeout");
    }

    /** Its stage is not slow: batches hold the text that has waited longest. */
    @Test
    void aResultThatOthersHaveOvertakenIsNotWaitedForAgain() throws InterruptedException {
        ResultWait patient = new ResultWait(Duration.ofHours(1), Clock.systemUTC());
        PendingText first = pending(Instant.now().minusSeconds(3600));
        PendingText second = pending(Instant.now());
        laterResult.complete(UpperCaseTagger.tag("text"));
        second.enrichment().outcome("tag").join();

        assertThatThrownBy(() -> patient.outcome(first, "tag", RECORD))
                .isInstanceOf(ResultUnavailableException.class)
                .satisfies(e -> assertThat(FailureReasons.of(e)).isEqualTo(Reason.NO_RESULT));
    }

    @Test
    void aStageThatAnswersNobodyIsSlow() {
        assertThatThrownBy(() -> wait.outcome(pending(Instant.now().minusSeconds(3600)), "tag", RECORD))
                .satisfies(e -> assertThat(FailureReasons.of(e)).isEqualTo(Reason.ENGINE_SLOW));
    }

    @Test
    void aResultThatWasGivenUpIsAnEngineFailureToo() throws InterruptedException {
        PendingText text = pending(Instant.now());
        text.enrichment().cancel();

        assertThatThrownBy(() -> wait.outcome(text, "tag", RECORD)).isInstanceOf(ResultUnavailableException.class);
    }

    @Test
    void anInterruptIsKafkasAndKeepsTheFlag() throws InterruptedException {
        PendingText text = pending(Instant.now());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> wait.outcome(text, "tag", RECORD)).isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
