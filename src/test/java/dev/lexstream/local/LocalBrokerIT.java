package dev.lexstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The local broker is a Kafka broker: partitions, consumer groups and transactions. */
@Timeout(60)
class LocalBrokerIT {
    private static LocalBroker broker;

    @BeforeAll
    static void start() {
        broker = LocalBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void givenATransactionCommittedAndOneAbortedWhenReadCommittedThenOnlyTheFirstIsSeen() throws Exception {
        broker.createTopic("texts", 2);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "t"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("texts", "a", "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("texts", 0, "a", "one")).get();
            producer.send(new ProducerRecord<>("texts", 1, "b", "two")).get();
            producer.commitTransaction();
        }

        var values = read("texts", 2);

        assertThat(values).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void givenATopicThatExistsWhenCreatedAgainThenTheErrorNamesIt() {
        broker.createTopic("twice", 1);

        assertThatThrownBy(() -> broker.createTopic("twice", 1))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void givenAPortInUseWhenStartedThenTheErrorNamesItAndNothingIsLeftBehind() throws IOException {
        var port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
        var before = folders();

        assertThatThrownBy(() -> LocalBroker.start(port))
                .isInstanceOf(PortInUseException.class)
                .hasMessageContaining("port " + port + " for the Kafka broker is in use");

        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void givenABrokerThatIsClosedWhenAnotherStartsOnItsPortThenItIsEmptyAndNoDataIsLeft() throws IOException {
        var before = folders();
        var first = LocalBroker.start();
        var port = Integer.parseInt(first.bootstrapServers().split(":", 2)[1]);
        first.createTopic("old", 1);
        first.close();
        first.close();

        try (var second = LocalBroker.start(port)) {
            second.createTopic("old", 1);
        }

        assertThat(folders()).isEqualTo(before);
    }

    private static List<String> read(String topic, int expected) {
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG, "g",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (values.size() < expected) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
            }
        }
        return values;
    }

    private static Set<Path> folders() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("lexstream-broker-"))
                    .collect(Collectors.toSet());
        }
    }
}
