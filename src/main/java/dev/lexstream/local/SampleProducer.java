package dev.lexstream.local;

import dev.lexstream.codec.EventEncoder;
import dev.lexstream.event.TextEvent;
import dev.lexstream.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends text events to a topic, as Avro, with their ids as keys. */
public final class SampleProducer {

    private final Map<String, Object> kafka;
    private final Map<String, String> registry;

    /**
     * @param kafka settings of the producer by Kafka's names
     * @param registry settings of the schema registry by Confluent's names
     */
    public SampleProducer(Map<String, ?> kafka, Map<String, String> registry) {
        this.kafka = new HashMap<>(kafka);
        this.registry = Map.copyOf(registry);
    }

    /**
     * Sends events and returns when the broker has them all.
     *
     * @throws KafkaException when it does not take one
     */
    public void send(String topic, List<TextEvent> events) {
        try (SchemaRegistry connected = SchemaRegistry.connect(registry);
                Producer<String, byte[]> producer =
                        new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            EventEncoder encoder = EventEncoder.avro(connected);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (TextEvent event : events) {
                sent.add(producer.send(new ProducerRecord<>(topic, event.id(), encoder.encode(topic, event))));
            }
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("topic " + topic + " did not take the events: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending to topic " + topic, e);
        }
    }
}
