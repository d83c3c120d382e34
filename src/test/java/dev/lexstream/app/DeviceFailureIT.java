package dev.lexstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.TextEvent;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.inference.BatchRunner;
import dev.lexstream.inference.DeviceTurns;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import dev.lexstream.plan.OnError;
import dev.lexstream.registry.AvroSerializer;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.stream.fault.FailureReasons;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A device that no longer computes ends the application with an exit code of its own, so that another takes over. */
class DeviceFailureIT {

    private static final TopicSettings TOPICS = TopicSettings.existing("texts", "enriched", "dead-letters");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AutoClose
    private final LocalBroker broker = LocalBroker.start();

    @AutoClose
    private final LocalRegistry registry = LocalRegistry.start();

    /** Computes nothing; after the warm-up it does what the test wants. */
    private record Device(Runnable trouble) implements RunnerFactory {
        @Override
        public <P extends Prepared, R> List<BatchRunner<P, R>> runners(ModelBundle bundle, Task<?, P, R, ?> task) {
            DeviceTurns turns = DeviceTurns.atOnce(1);
            return List.of(new BatchRunner<>() {
                @Override
                public List<R> run(List<P> members) {
                    trouble.run();
                    return members.stream().map(task::blank).toList();
                }

                @Override
                public DeviceTurns turns() {
                    return turns;
                }

                @Override
                public void close() {
                    // there is nothing to free
                }
            });
        }
    }

    @Test
    void aDeviceThatFails() throws Exception {
        CountDownLatch warm = new CountDownLatch(1);
        Device device = new Device(() -> {
            if (warm.getCount() == 0) {
                throw new IllegalStateException("CUDA error: unspecified launch failure");
            }
        });
        try (Application application = Application.start(pipeline(Optional.empty()), device)) {
            warm.countDown();
            assertThat(FailureReasons.of(faultOf(application)).exitCode()).isEqualTo(ExitCode.DEVICE);
            assertThat(application.deadLetters()).isZero();
        }
    }

    @Test
    void aDeviceThatHangsInItsWarmUp() {
        CountDownLatch never = new CountDownLatch(1);
        Device device = new Device(() -> hang(never));
        assertThatThrownBy(() -> Application.start(pipeline(Optional.empty()), device))
                .hasMessageContaining("the device hangs: for 4000 ms it has computed a batch of its warm-up")
                .satisfies(failure ->
                        assertThat(FailureReasons.of(failure).exitCode()).isEqualTo(ExitCode.DEVICE));
    }

    /** Texts that time out are dead letters, but not all that come from then on. */
    @Test
    void aDeviceThatHangsThoughTextsTimeOut() throws Exception {
        CountDownLatch warm = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        Device device = new Device(() -> {
            if (warm.getCount() == 0) {
                hang(open);
            }
        });
        try (Application application = Application.start(pipeline(Optional.of(Duration.ofMillis(200))), device)) {
            warm.countDown();
            assertThat(faultOf(application)).hasStackTraceContaining("the device hangs");
            assertThat(FailureReasons.of(application.fault().get()).exitCode()).isEqualTo(ExitCode.DEVICE);
            open.countDown();
        }
    }

    private static void hang(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a text every hundred milliseconds until the application has failed. */
    private Throwable faultOf(Application application) throws Exception {
        try (SchemaRegistry schemas = SchemaRegistry.connect(Map.of("schema.registry.url", registry.url()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            AvroSerializer<TextEvent> serializer = new AvroSerializer<>(schemas, TextEvent.class);
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (int id = 0; System.nanoTime() < end; id++) {
                TextEvent event = TextEvent.newBuilder()
                        .setId("event-" + id)
                        .setText("The report arrived")
                        .setLanguage("en")
                        .build();
                producer.send(new ProducerRecord<>(TOPICS.input(), serializer.serialize(TOPICS.input(), event)));
                try {
                    return application.fault().get(100, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // not yet
                }
            }
        }
        throw new AssertionError("no fault within " + PATIENCE.toSeconds() + " s");
    }

    private Pipeline pipeline(Optional<Duration> timeout) {
        List.of(TOPICS.input(), TOPICS.output(), TOPICS.deadLetters()).forEach(topic -> broker.createTopic(topic, 1));
        InferenceSettings defaults = InferenceSettings.defaults();
        InferenceSettings settings = new InferenceSettings(
                defaults.device(),
                defaults.workers(),
                defaults.threads(),
                defaults.precision(),
                defaults.maxInFlight(),
                defaults.maxInFlightTokens(),
                defaults.maxBatchTokens(),
                defaults.maxBatchSize(),
                defaults.maxBatchDelay(),
                Duration.ofSeconds(2));
        return new Pipeline(
                "device-failure-it",
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", registry.url()),
                TOPICS,
                Path.of(System.getProperty("lexstream.models")),
                new LanguageSettings(List.of("en", "zh")),
                List.of(new StageSettings("tag", "tagger-en", timeout, OnError.DEAD_LETTER, 0, Optional.empty())),
                settings);
    }
}
