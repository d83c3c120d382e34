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
import dev.lexstream.stream.fault.RecordHistory;
import dev.lexstream.stream.intake.Intake;
import dev.lexstream.stream.intake.PendingText;
import dev.lexstream.stream.intake.SchemaLookups;
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
public final class Texts {

    public static final ModelId MODEL = new ModelId("upper-case", "1");

    private Texts() {}

    /** One stage {@code tag} for English, and a detector that knows no language. */
    public static Enricher enricher(Inference<String, ? extends Annotation> tagger) {
        return enricher(tagger, 2000);
    }

    /** The same, with room for so many texts. */
    public static Enricher enricher(Inference<String, ? extends Annotation> tagger, int room) {
        return new Enricher(
                List.of(TestStages.of("tag", MODEL, Set.of("en"), tagger)),
                text -> Optional.empty(),
                Runnable::run,
                Capacity.ofTexts(room),
                Duration.ofSeconds(20));
    }

    public static TextEvent event(String id, String text) {
        return TextEvent.of(id, text, Optional.of("en"));
    }

    /** What a poll returns of one partition. */
    public static ConsumerRecords<byte[], byte[]> poll(List<ConsumerRecord<byte[], byte[]>> records) {
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        return new ConsumerRecords<>(Map.of(new TopicPartition(first.topic(), first.partition()), records), Map.of());
    }

    /** An intake of its own. */
    public static Intake intake(EventDecoder decoder, Enricher enricher) {
        return new Intake(
                decoder,
                enricher,
                Clock.systemUTC(),
                new SchemaLookups(
                        new SchemaLookups.Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(5)), System::nanoTime),
                new RecordHistory(Clock.systemUTC()));
    }

    /** A text whose result never comes. */
    public static PendingText pending() throws InterruptedException {
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

    public static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String value) {
        return new ConsumerRecord<>("texts", partition, offset, null, value.getBytes(UTF_8));
    }
}
