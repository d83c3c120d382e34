package dev.lexstream.bench;

import dev.lexstream.config.Pipeline;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A broker and a registry in this JVM, with topics for each run. Threading: may be used from any thread. */
final class LocalCluster implements AutoCloseable {

    /**
     * The stream threads of an instance join in one rebalance, so that none falls into what is measured; what a topic need
     * not keep is deleted soon.
     */
    private static final Map<String, String> BROKER = Map.of(
            "group.initial.rebalance.delay.ms", "1000",
            "log.retention.check.interval.ms", "5000");

    private final LocalBroker broker;
    private final LocalRegistry registry;
    private final Admin admin;
    private final BenchPipeline pipeline;
    private final int partitions;

    private LocalCluster(LocalBroker broker, LocalRegistry registry, BenchSettings settings) {
        this.broker = broker;
        this.registry = registry;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        this.partitions = settings.partitions();
        this.pipeline = new BenchPipeline(
                broker.bootstrapServers(), registry.url(), settings.models(), settings.stages(), settings.threads());
    }

    static LocalCluster start(BenchSettings settings) {
        LocalBroker broker = LocalBroker.start(0, BROKER);
        try {
            return new LocalCluster(broker, LocalRegistry.start(), settings);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** What all runs have in common. */
    BenchPipeline pipeline() {
        return pipeline;
    }

    /** Creates a run's topics. */
    Pipeline create(String run, Map<String, String> topicSettings) {
        Pipeline made = pipeline.of(run);
        TopicSettings topics = made.topics();
        for (String topic : List.of(topics.input(), topics.output(), topics.deadLetters())) {
            broker.createTopic(topic, partitions, topicSettings);
        }
        return made;
    }

    Admin admin() {
        return admin;
    }

    int partitions() {
        return partitions;
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
        broker.close();
    }
}
