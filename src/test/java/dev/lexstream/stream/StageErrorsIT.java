package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.inference.Inference;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.Capacity;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.OnError;
import dev.lexstream.plan.TestStages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A text that fails at one stage, or waits too long for it, is a dead letter or goes on without that stage's annotation. */
class StageErrorsIT {

    private static final String SLOW = "slow";
    private static final List<String> WORDS = List.of("good", "a " + UpperCaseTagger.POISON, SLOW, "better");
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @AutoClose
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));

    @AutoClose
    private final UpperCaseTagger other = new UpperCaseTagger(Duration.ofMillis(1));

    @Test
    void textsThatFailASkippingStageKeepTheOtherStagesAnnotations() {
        TopicSettings topics = enrichWords(OnError.SKIP);

        Received received = lab.readAll(StreamLab.outcomes(topics));
        assertThat(received.ids(topics.deadLetters())).isEmpty();
        assertThat(received.ids(topics.output())).containsExactly(0, 1, 2, 3);
        List<ConsumerRecord<byte[], byte[]>> output = received.of(topics.output());
        assertSkipped(output.get(1), "failed: a word that no model takes");
        assertSkipped(output.get(2), "failed: no result within 300 ms");
        assertThat(List.of(output.get(0), output.get(3))).allSatisfy(record -> assertThat(annotations(record))
                .allSatisfy(annotation -> assertThat(annotation.getStatus()).isEqualTo(StageStatus.DONE)));
    }

    @Test
    void textsThatFailAnyOtherStageAreDeadLetters() {
        TopicSettings topics = enrichWords(OnError.DEAD_LETTER);

        Received received = lab.readAll(StreamLab.outcomes(topics));
        assertThat(received.ids(topics.output())).containsExactly(0, 3);
        assertThat(received.ids(topics.deadLetters())).containsExactly(1, 2);
        assertThat(received.of(topics.deadLetters()))
                .extracting(letter -> Received.header(letter, "__streams.errors.message"))
                .containsExactly(
                        "stage tag, model upper-case version 1: a word that no model takes",
                        "stage tag, model upper-case version 1: no result within 300 ms");
    }

    private TopicSettings enrichWords(OnError onError) {
        TopicSettings topics = lab.topics(1);
        lab.produce(
                topics.input(),
                0,
                WORDS.size(),
                id -> lab.encode(Texts.event("event-" + id, WORDS.get(id)), topics.input()));
        Enricher enricher = new Enricher(
                List.of(
                        TestStages.of(
                                "tag", Texts.MODEL, Set.of("en"), stuckAtSlowTexts(), Optional.of(TIMEOUT), onError),
                        TestStages.of("other", Texts.MODEL, Set.of("en"), tolerant())),
                text -> Optional.empty(),
                Runnable::run,
                Capacity.ofTexts(100),
                Duration.ofSeconds(20));
        try (EnrichmentStream stream = lab.stream(lab.pipeline(topics, Map.of()), enricher, StreamLab.PATIENT)) {
            stream.start();
            lab.readUntil(
                    StreamLab.outcomes(topics),
                    received -> received.of(topics.output()).size()
                                    + received.of(topics.deadLetters()).size()
                            >= WORDS.size());
            assertThat(stream.fault()).isNotDone();
        }
        return topics;
    }

    /** The tagger, which fails poison, and never answers slow texts. */
    private Inference<String, Tagging> stuckAtSlowTexts() {
        return new Inference<>() {
            @Override
            public CompletableFuture<Tagging> submit(String text) {
                return text.equals(SLOW) ? new CompletableFuture<>() : tagger.submit(text);
            }

            @Override
            public void close() {
                tagger.close();
            }
        };
    }

    /** A tagger that takes poison for what it is not. */
    private Inference<String, Tagging> tolerant() {
        return new Inference<>() {
            @Override
            public CompletableFuture<Tagging> submit(String text) {
                return other.submit(text.replace(UpperCaseTagger.POISON, "medicine"));
            }

            @Override
            public void close() {
                other.close();
            }
        };
    }

    private static void assertSkipped(ConsumerRecord<byte[], byte[]> record, String reason) {
        Annotation skipped = annotations(record).get(0);
        assertThat(skipped.getStage()).isEqualTo("tag");
        assertThat(skipped.getStatus()).isEqualTo(StageStatus.SKIPPED);
        assertThat(skipped.getReason()).isEqualTo(reason);
        Annotation done = annotations(record).get(1);
        assertThat(done.getStage()).isEqualTo("other");
        assertThat(done.getStatus()).isEqualTo(StageStatus.DONE);
        assertThat(done.getTags()).isNotEmpty();
    }

    private static List<Annotation> annotations(ConsumerRecord<byte[], byte[]> record) {
        return lab.decode(record).getAnnotations();
    }
}
