package dev.lexstream.stream.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.event.Header;
import dev.lexstream.event.Headers;
import dev.lexstream.event.TextEvent;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.stream.Texts;
import dev.lexstream.stream.UpperCaseTagger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final List<String> decoded = new ArrayList<>();
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ZERO);
    private final Intake intake = Texts.intake(this::decode, Texts.enricher(tagger));

    /** Values are texts; {@code bad} is undecodable, {@code away} needs a registry that is not there, {@code defect} fails. */
    private TextEvent decode(InputRecord record) {
        String text = new String(record.value(), UTF_8);
        decoded.add(text);
        if (text.startsWith("bad")) {
            throw new UndecodableEventException(text + " value");
        }
        if (text.startsWith("away")) {
            throw new RegistryUnavailableException("registry is away", null);
        }
        if (text.startsWith("defect")) {
            throw new IllegalStateException("nobody knows why");
        }
        return Texts.event(text, text);
    }

    @AfterEach
    void close() {
        tagger.close();
    }

    /** What a processor finds at the records, in their order. */
    private List<CompletableFuture<PendingText>> submit(List<ConsumerRecord<byte[], byte[]>> records) {
        intake.submit(Texts.poll(records));
        return records.stream()
                .map(record -> InFlightRecord.take(record.headers()).text())
                .toList();
    }

    @Test
    void aPolledRecordCarriesItsTextWhichIsOnItsWay() throws Exception {
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 7, "a text");
        intake.submit(Texts.poll(List.of(record)));

        PendingText text = InFlightRecord.take(record.headers()).text().getNow(null);

        assertThat(text.event().text()).isEqualTo("a text");
        assertThat(text.enrichment().outcome("tag").get(5, TimeUnit.SECONDS).stage())
                .isEqualTo("tag");
        assertThat(record.headers()).isEmpty();
        assertThat(intake.stats()).isEqualTo(new IntakeStats(1, 0, 1));
    }

    @Test
    void anUndecodableRecordFailsAloneAndIsDecodedOnce() {
        List<CompletableFuture<PendingText>> texts =
                submit(List.of(Texts.record(0, 7, "bad"), Texts.record(0, 8, "good")));

        assertThatThrownBy(() -> texts.get(0).join())
                .hasCauseInstanceOf(UndecodableEventException.class)
                .hasMessageEndingWith("bad value");
        assertThat(texts.get(1)).isCompleted();
        assertThat(decoded).containsExactly("bad", "good");
        assertThat(intake.stats()).isEqualTo(new IntakeStats(1, 0, 2));
    }

    @Test
    void whereTheRegistryIsAwayTheOthersOfThePollAreNotTried() {
        List<CompletableFuture<PendingText>> texts =
                submit(List.of(Texts.record(0, 1, "before"), Texts.record(0, 2, "away"), Texts.record(0, 3, "after")));

        assertThat(texts.get(0)).isCompleted();
        assertThatThrownBy(() -> texts.get(1).join()).hasCauseInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> texts.get(2).join()).hasCauseInstanceOf(RegistryUnavailableException.class);
        assertThat(decoded).containsExactly("before", "away");
        assertThat(intake.stats()).isEqualTo(new IntakeStats(1, 1, 3));
    }

    /** Three failures make a record a dead letter: they must be its own. */
    @Test
    void aDefectOfOneRecordIsNotItsNeighbours() {
        List<CompletableFuture<PendingText>> texts =
                submit(List.of(Texts.record(0, 1, "defect"), Texts.record(0, 2, "after")));

        assertThatThrownBy(() -> texts.get(0).join()).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(texts.get(1)).isCompleted();
    }

    @Test
    void aRecordWhoseSchemaIsLookedUpIsDecodedWithTheHeadersOfTheTopic() {
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 1, "text");
        record.headers().add("id", new byte[] {1});
        CompletableFuture<Headers> found = new CompletableFuture<>();
        Intake slow = Texts.intake(
                new EventDecoder() {
                    @Override
                    public TextEvent decode(InputRecord input) {
                        found.complete(input.envelope().headers());
                        return Texts.event("id", "text");
                    }

                    @Override
                    public OptionalInt unknownSchema(byte[] value) {
                        return OptionalInt.of(7);
                    }
                },
                Texts.enricher(tagger));

        slow.submit(Texts.poll(List.of(record)));

        assertThat(found.join().all()).extracting(Header::name).containsExactly("id");
    }

    @Test
    void anInterruptKeepsTheFlagAndIsKafkasWhereTheRecordIsProcessed() throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            Throwable failure = thread.submit(() -> {
                        Thread.currentThread().interrupt();
                        CompletableFuture<PendingText> text =
                                submit(List.of(Texts.record(0, 1, "a text"))).get(0);
                        return Thread.interrupted()
                                ? text.handle((found, e) -> e).join()
                                : null;
                    })
                    .get(5, TimeUnit.SECONDS);

            assertThat(failure).isInstanceOf(InterruptException.class);
        } finally {
            thread.shutdownNow();
        }
    }
}
