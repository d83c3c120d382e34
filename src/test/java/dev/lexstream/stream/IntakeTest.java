package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.event.Headers;
import dev.lexstream.event.TextEvent;
import dev.lexstream.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final TopicPartition PARTITION = new TopicPartition("texts", 0);

    private final List<String> decoded = new ArrayList<>();
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ZERO);
    private final Intake intake = Texts.intake(this::decode, Texts.enricher(tagger));

    /** Values are texts; {@code bad} is undecodable and {@code away} needs a registry that is not there. */
    private TextEvent decode(InputRecord record) {
        String text = new String(record.value(), UTF_8);
        decoded.add(text);
        if (text.startsWith("bad")) {
            throw new UndecodableEventException(text + " value");
        }
        if (text.startsWith("away")) {
            throw new RegistryUnavailableException("registry is away", null);
        }
        return Texts.event(text, text);
    }

    private PendingText take(long offset, byte[] value) {
        return intake.take(
                new InputRecord(PARTITION.topic(), PARTITION.partition(), offset, -1, null, value, Headers.NONE));
    }

    @AfterEach
    void close() {
        tagger.close();
    }

    @Test
    void aPolledRecordIsDecodedOnceAndItsTextIsOnItsWayWhenProcessed() throws Exception {
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 7, "a text");
        intake.prefetch(Texts.poll(List.of(record)));

        PendingText text = take(7, record.value());

        assertThat(text.event().text()).isEqualTo("a text");
        assertThat(text.enrichment().outcome("tag").get(5, TimeUnit.SECONDS).stage())
                .isEqualTo("tag");
        assertThat(decoded).containsExactly("a text");
        assertThat(intake.stats()).isEqualTo(new PrefetchStats(1, 0, 1, 0, 0));
    }

    @Test
    void aRecordThatNoPollSubmittedIsSubmittedWhenProcessed() {
        PendingText text = take(7, "a text".getBytes(UTF_8));

        assertThat(text.event().text()).isEqualTo("a text");
        assertThat(intake.stats()).isEqualTo(new PrefetchStats(0, 0, 0, 1, 0));
    }

    @Test
    void anUndecodableRecordIsDecodedOnceAndReportedWhenProcessed() {
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 7, "bad");
        ConsumerRecord<byte[], byte[]> next = Texts.record(0, 8, "good");
        intake.prefetch(Texts.poll(List.of(record, next)));

        assertThatThrownBy(() -> take(7, record.value()))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("bad value");
        assertThat(decoded).containsExactly("bad", "good");
        assertThat(intake.stats().waiting()).isEqualTo(1);
    }

    @Test
    void anInfrastructureFailureEndsThePrefetchAndIsTriedAgainWhenProcessed() {
        ConsumerRecord<byte[], byte[]> before = Texts.record(0, 1, "before");
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 2, "away");
        ConsumerRecord<byte[], byte[]> after = Texts.record(0, 3, "after");
        intake.prefetch(Texts.poll(List.of(before, record, after)));

        assertThat(take(1, before.value()).event().id()).isEqualTo("before");
        assertThatThrownBy(() -> take(2, record.value())).isInstanceOf(RegistryUnavailableException.class);
        assertThat(decoded).containsExactly("before", "away", "away");
        assertThat(intake.stats()).isEqualTo(new PrefetchStats(1, 1, 1, 1, 0));
    }

    @Test
    void aDroppedPartitionIsComputedAgain() {
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 7, "a text");
        intake.prefetch(Texts.poll(List.of(record)));
        intake.drop(PARTITION);

        take(7, record.value());

        assertThat(decoded).containsExactly("a text", "a text");
    }

    @Test
    void anInterruptedPrefetchKeepsTheFlagAndNothingIsStarted() throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            boolean flag = thread.submit(() -> {
                        Thread.currentThread().interrupt();
                        intake.prefetch(Texts.poll(List.of(Texts.record(0, 1, "a text"))));
                        return Thread.interrupted();
                    })
                    .get(5, TimeUnit.SECONDS);

            assertThat(flag).isTrue();
            assertThat(intake.stats()).isEqualTo(new PrefetchStats(1, 1, 0, 0, 0));
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void anInterruptedTakeIsKafkasInterrupt() throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            var failure = thread.submit(() -> {
                        Thread.currentThread().interrupt();
                        try {
                            take(1, "a text".getBytes(UTF_8));
                            return null;
                        } catch (InterruptException e) {
                            return Thread.interrupted() ? e : null;
                        }
                    })
                    .get(5, TimeUnit.SECONDS);

            assertThat(failure).isNotNull();
        } finally {
            thread.shutdownNow();
        }
    }
}
