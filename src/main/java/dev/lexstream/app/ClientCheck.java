package dev.lexstream.app;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.KafkaSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.LocalResources;
import dev.lexstream.stream.StreamSettings;
import dev.lexstream.stream.fault.FailureReasons;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Whether Kafka's clients can be made of a pipeline's settings: values that each are well-formed may still name a key store
 * that is not there, a class that is none, or a login module with half of its options. Makes one client of each kind and
 * closes it; nothing is sent.
 */
public final class ClientCheck {

    /** What a client's settings of identity and encryption have in common. */
    private static final List<String> SECURITY = List.of("sasl.", "ssl.", "security.");

    private ClientCheck() {}

    /**
     * Makes the clients.
     *
     * @throws ConfigurationException naming the settings in question and why no client can be made of them, without secrets
     * @throws org.apache.kafka.common.KafkaException when it is not the settings' fault
     */
    public static void check(Pipeline pipeline) {
        Properties properties = new StreamSettings(pipeline).plain();
        StreamsConfig settings = new StreamsConfig(properties);
        String id = pipeline.applicationId() + "-check";
        attempt(pipeline, "admin", () -> Admin.create(settings.getAdminConfigs(id)))
                .close(Duration.ZERO);
        attempt(
                        pipeline,
                        "producer",
                        () -> new KafkaProducer<>(
                                settings.getProducerConfigs(id), new ByteArraySerializer(), new ByteArraySerializer()))
                .close(Duration.ZERO);
        attempt(
                        pipeline,
                        "consumer",
                        () -> new KafkaConsumer<>(
                                consumer(settings.getMainConsumerConfigs(pipeline.applicationId(), id, 0)),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer()))
                .close(CloseOptions.timeout(Duration.ZERO));
    }

    /** Without Kafka Streams' own assignor, which only its own threads can give what it needs. */
    private static Map<String, Object> consumer(Map<String, Object> settings) {
        Map<String, Object> plain = new HashMap<>(settings);
        plain.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(RangeAssignor.class));
        return plain;
    }

    private static <T> T attempt(Pipeline pipeline, String client, Supplier<T> making) {
        try {
            return making.get();
        } catch (RuntimeException e) {
            if (LocalResources.lacking(e).isPresent() || unresolved(e)) {
                throw e;
            }
            throw new ConfigurationException("pipeline", List.of(problem(pipeline.kafka(), client, e)));
        }
    }

    /** Whether no broker's name means anything here and now, which may pass. */
    private static boolean unresolved(Throwable failure) {
        return causes(failure).anyMatch(FailureReasons::isUnresolved);
    }

    private static ConfigProblem problem(Map<String, String> given, String client, RuntimeException failure) {
        List<Throwable> causes = causes(failure).toList();
        Throwable root = causes.get(causes.size() - 1);
        List<String> named = given.keySet().stream()
                .filter(name -> causes.stream()
                        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(name)))
                .toList();
        List<String> security = given.keySet().stream()
                .filter(name -> SECURITY.stream().anyMatch(name::contains))
                .toList();
        List<String> suspects = !named.isEmpty() ? named : !security.isEmpty() ? security : List.copyOf(given.keySet());
        String why = causes.stream()
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .orElse(root.getClass().getSimpleName());
        String where = "kafka." + String.join(", kafka.", suspects);
        return new ConfigProblem(
                where,
                "no " + client + " client can be made of it",
                root.getClass().getSimpleName() + ": " + KafkaSettings.withoutSecrets(why, given));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes.stream();
    }
}
