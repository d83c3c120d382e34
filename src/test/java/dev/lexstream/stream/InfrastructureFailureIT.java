package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import dev.lexstream.inference.DeviceLostException;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.stream.fault.Backoff;
import dev.lexstream.stream.fault.FailureReasons;
import dev.lexstream.stream.fault.FaultPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is wrong with the world is not the record's fault: no dead letter, no loss, and the stream says why it stopped. */
class InfrastructureFailureIT {

    private static final int COUNT = 500;
    private static final FaultPolicy.Limits SHORT = new FaultPolicy.Limits(
            Duration.ofSeconds(2), Duration.ofMinutes(1), new Backoff(Duration.ofMillis(100), Duration.ofMillis(100)));

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @AutoClose
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));

    @Test
    void aLostDeviceStopsTheStreamWithTheFaultAndTheNextStartGoesOnWhereItEnded() throws Exception {
        TopicSettings topics = lab.topics(2);
        Pipeline pipeline = lab.pipeline(topics, Map.of());
        produce(topics, 0);
        try (EnrichmentStream stream = lab.stream(pipeline, tagger, SHORT)) {
            stream.start();
            awaitOutput(topics, COUNT);
            tagger.breakDown(new DeviceLostException("device lost", null));

            produce(topics, COUNT);

            Throwable fault = stream.fault().get(60, TimeUnit.SECONDS);
            assertThat(fault).hasRootCauseInstanceOf(DeviceLostException.class).hasRootCauseMessage("device lost");
            StreamLab.await("the client to be down", () -> stream.state() == KafkaStreams.State.ERROR);
            assertThat(stream.deadLetters()).isZero();
        }
        assertThat(lab.readAll(StreamLab.outcomes(topics)).ids(topics.output())).hasSize(COUNT);

        tagger.breakDown(null);
        try (EnrichmentStream stream = lab.stream(pipeline, tagger, SHORT)) {
            stream.start();
            awaitOutput(topics, 2 * COUNT);
        }
        assertEachIdOnce(topics, 2 * COUNT);
    }

    @Test
    void anEngineThatComesBackInTimeIsNoFault() {
        TopicSettings topics = lab.topics(2);
        tagger.breakDown(new NoAnswer());
        produce(topics, 0);

        try (EnrichmentStream stream = lab.stream(lab.pipeline(topics, Map.of()), tagger, StreamLab.PATIENT)) {
            stream.start();
            StreamLab.await("a first failure", () -> tagger.texts() > 0);
            tagger.breakDown(null);
            awaitOutput(topics, COUNT);
            assertThat(stream.fault()).isNotDone();
        }
        assertEachIdOnce(topics, COUNT);
    }

    @Test
    void anOutageOfTheEngineEndsTheProcessAfterAWhileAndDeadLettersNothing() throws Exception {
        TopicSettings topics = lab.topics(2);
        tagger.breakDown(new NoAnswer());
        produce(topics, 0);

        try (EnrichmentStream stream = lab.stream(lab.pipeline(topics, Map.of()), tagger, SHORT)) {
            stream.start();

            assertThat(FailureReasons.of(stream.fault().get(120, TimeUnit.SECONDS)))
                    .isEqualTo(Reason.ENGINE_SLOW);
            assertThat(stream.deadLetters()).isZero();
        }
    }

    /** Says nothing about any text, as an engine without room does. */
    private static final class NoAnswer extends RuntimeException implements Classified {
        private static final long serialVersionUID = 1L;

        @Override
        public Reason reason() {
            return Reason.ENGINE_SLOW;
        }
    }

    @Test
    void aRegistryThatIsAwayHoldsUpRecordsThenEndsTheProcessAndDeadLettersNothing() throws Exception {
        TopicSettings topics = lab.topics(2);
        produce(topics, 0);
        SchemaRegistry away =
                SchemaRegistry.connect(Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"));
        Pipeline pipeline = lab.pipeline(topics, Map.of(), Duration.ofSeconds(2));

        try (EnrichmentStream stream = EnrichmentStream.create(
                pipeline,
                Texts.enricher(tagger),
                EventDecoder.avro(away),
                StreamLab.output(pipeline, OutputEncoder.enrichedTexts(away)),
                EnrichmentStream.limits(pipeline))) {
            stream.start();

            assertThat(FailureReasons.of(stream.fault().get(120, TimeUnit.SECONDS)))
                    .isEqualTo(Reason.REGISTRY);
            assertThat(stream.deadLetters()).isZero();
        }
        assertThat(lab.readAll(Set.of(topics.deadLetters())).byTopic()).isEmpty();
    }

    private static void produce(TopicSettings topics, int first) {
        lab.produce(
                topics.input(),
                first,
                COUNT,
                id -> lab.encode(Texts.event("event-" + id, "text " + id), topics.input()));
    }

    private static void awaitOutput(TopicSettings topics, int count) {
        lab.readUntil(
                Set.of(topics.output()),
                received -> received.of(topics.output()).size() >= count);
    }

    private static void assertEachIdOnce(TopicSettings topics, int count) {
        Received received = lab.readAll(StreamLab.outcomes(topics));
        List<Integer> all = IntStream.range(0, count).boxed().toList();
        assertThat(received.ids(topics.output()).stream().sorted().toList()).isEqualTo(all);
        assertThat(received.ids(topics.deadLetters())).isEmpty();
    }
}
