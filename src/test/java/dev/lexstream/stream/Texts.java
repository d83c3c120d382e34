package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lexstream.enrich.Capacity;
import dev.lexstream.enrich.Enricher;
import dev.lexstream.enrich.ModelId;
import dev.lexstream.enrich.Stage;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.Inference;
import dev.lexstream.nlp.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Events, records and plans for tests. */
final class Texts {

    static final ModelId MODEL = new ModelId("upper-case", "1");

    private Texts() {}

    /** One stage {@code tag} for English, and a detector that knows no language. */
    static Enricher enricher(Inference<String, ? extends Annotation> tagger) {
        return new Enricher(
                List.of(new Stage("tag", MODEL, Set.of("en"), tagger)),
                text -> Optional.empty(),
                Runnable::run,
                Capacity.ofTexts(2000),
                Duration.ofSeconds(20));
    }

    static TextEvent event(String id, String text) {
        return new TextEvent(id, text, "en", null, null, Map.of());
    }

    /** What a poll returns of one partition. */
    static ConsumerRecords<byte[], byte[]> poll(List<ConsumerRecord<byte[], byte[]>> records) {
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        return new ConsumerRecords<>(Map.of(new TopicPartition(first.topic(), first.partition()), records), Map.of());
    }

    /** Early commits that never come. */
    static EarlyCommits noEarlyCommits() {
        return new EarlyCommits(Duration.ZERO, 0, System::nanoTime);
    }

    static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String value) {
        return new ConsumerRecord<>("texts", partition, offset, null, value.getBytes(UTF_8));
    }
}
