package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lexstream.codec.EventDecoder;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.Inference;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.Capacity;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.TestStages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Events, records and plans for tests. */
final class Texts {

    static final ModelId MODEL = new ModelId("upper-case", "1");

    private Texts() {}

    /** One stage {@code tag} for English, and a detector that knows no language. */
    static Enricher enricher(Inference<String, ? extends Annotation> tagger) {
        return enricher(tagger, 2000);
    }

    /** The same, with room for so many texts. */
    static Enricher enricher(Inference<String, ? extends Annotation> tagger, int room) {
        return new Enricher(
                List.of(TestStages.of("tag", MODEL, Set.of("en"), tagger)),
                text -> Optional.empty(),
                Runnable::run,
                Capacity.ofTexts(room),
                Duration.ofSeconds(20));
    }

    static TextEvent event(String id, String text) {
        return TextEvent.of(id, text, Optional.of("en"));
    }

    /** What a poll returns of one partition. */
    static ConsumerRecords<byte[], byte[]> poll(List<ConsumerRecord<byte[], byte[]>> records) {
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        return new ConsumerRecords<>(Map.of(new TopicPartition(first.topic(), first.partition()), records), Map.of());
    }

    /** An intake of its own, without early commits. */
    static Intake intake(EventDecoder decoder, Enricher enricher) {
        return intake(decoder, enricher, new Arrivals());
    }

    /** The same, whose arrivals the test sees. */
    static Intake intake(EventDecoder decoder, Enricher enricher, Arrivals arrivals) {
        return new Intake(
                decoder,
                enricher,
                Clock.systemUTC(),
                arrivals,
                noEarlyCommits(),
                new SchemaLookups(
                        new SchemaLookups.Patience(Duration.ofSeconds(30), Duration.ofMinutes(5)), System::nanoTime),
                new FailedRecords(Clock.systemUTC()),
                new StreamThreads());
    }

    /** The interval alone decides. */
    static EarlyCommits noEarlyCommits() {
        return new EarlyCommits(Duration.ZERO, Duration.ZERO, false, System::nanoTime);
    }

    /** A text whose result never comes. */
    static PendingText pending() throws InterruptedException {
        Enricher enricher = enricher(new NeverReady());
        TextEvent event = event("id", "text");
        return new PendingText(event, enricher.enrich(event), Instant.EPOCH);
    }

    private static final class NeverReady implements Inference<String, Tagging> {
        @Override
        public CompletableFuture<Tagging> submit(String input) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String value) {
        return new ConsumerRecord<>("texts", partition, offset, null, value.getBytes(UTF_8));
    }
}
