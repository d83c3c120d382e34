package dev.lexstream.stream;

import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka's clients, with others for the input topic and for what is written. Under {@code group.protocol: streams} Kafka Streams
 * makes the consumer itself, and warns of suppliers that are not of its default class.
 */
final class Clients extends DefaultKafkaClientSupplier {

    private final UnaryOperator<Consumer<byte[], byte[]>> consumers;
    private final Function<Map<String, Object>, Producer<byte[], byte[]>> producers;

    /**
     * @param consumers given Kafka's own consumer of the input topic
     * @param producers given the settings of Kafka's producer
     */
    Clients(
            UnaryOperator<Consumer<byte[], byte[]>> consumers,
            Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
        this.consumers = consumers;
        this.producers = producers;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return producers.apply(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        return consumers.apply(super.getConsumer(settings));
    }
}
