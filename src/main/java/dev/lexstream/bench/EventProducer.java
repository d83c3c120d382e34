package dev.lexstream.bench;

import dev.lexstream.codec.EventEncoder;
import dev.lexstream.config.Pipeline;
import dev.lexstream.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends numbered events to a pipeline's input topic, as Avro, with their users as keys. Used by one thread. */
final class EventProducer implements AutoCloseable {

    /** Events on their way fill requests; nobody waits for one of them. */
    static final int THROUGHPUT_LINGER_MS = 20;

    /** Of buffers, which a producer never gives back: Kafka's default of four times as much would show in a soak. */
    private static final int BUFFER_BYTES = 8 << 20;

    private final String topic;
    private final SchemaRegistry registry;
    private final EventEncoder encoder;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** @param lingerMillis how long an event waits for others to share its request */
    EventProducer(Pipeline pipeline, int lingerMillis) {
        this.topic = pipeline.topics().input();
        this.registry = SchemaRegistry.connect(pipeline.registry());
        Map<String, Object> settings = new HashMap<>();
        String bootstrap = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
        settings.put(bootstrap, pipeline.kafka().get(bootstrap));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        this.encoder = EventEncoder.avro(registry);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends all of them, numbered from 0, and returns when the broker has them. */
    static void sendAll(Pipeline pipeline, List<BenchEvent> events) {
        try (EventProducer producer = new EventProducer(pipeline, THROUGHPUT_LINGER_MS)) {
            for (int i = 0; i < events.size(); i++) {
                producer.send(i, events.get(i));
            }
            producer.flush();
        }
    }

    /**
     * Hands an event over.
     *
     * @throws KafkaException when the broker has refused an earlier one
     */
    void send(long sequence, BenchEvent event) {
        byte[] value = encoder.encode(topic, event.event(sequence));
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, event.user().orElse(null), value);
        Sequence.write(record.headers(), sequence);
        producer.send(record, (metadata, refused) -> failure.compareAndSet(null, refused));
        check();
    }

    /** Waits until the broker has all of them. */
    void flush() {
        producer.flush();
        check();
    }

    private void check() {
        if (failure.get() != null) {
            throw new KafkaException("topic " + topic + " did not take an event: " + failure.get(), failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
    }
}
