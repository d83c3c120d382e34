package dev.lexstream.local;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.registry.AvroDeserializer;
import dev.lexstream.registry.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads committed enriched texts from the start of a topic, outside of any consumer group. Used by one thread.
 */
public final class EnrichedTextReader implements AutoCloseable {

    private final SchemaRegistry registry;
    private final Consumer<String, EnrichedText> consumer;

    /**
     * @param bootstrapServers of the broker
     * @param registrySettings by Confluent's names
     * @param topic must exist
     */
    public EnrichedTextReader(String bootstrapServers, Map<String, String> registrySettings, String topic) {
        this.registry = SchemaRegistry.connect(registrySettings);
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        this.consumer = new KafkaConsumer<>(
                settings, new StringDeserializer(), new AvroDeserializer<>(registry, EnrichedText.class));
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What has come since the last call; waits for at most {@code timeout} when there is nothing. */
    public List<EnrichedText> poll(Duration timeout) {
        List<EnrichedText> texts = new ArrayList<>();
        for (ConsumerRecord<String, EnrichedText> record : consumer.poll(timeout)) {
            texts.add(record.value());
        }
        return texts;
    }

    @Override
    public void close() {
        consumer.close();
        registry.close();
    }
}
