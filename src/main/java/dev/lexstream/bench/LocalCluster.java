package dev.lexstream.bench;

import dev.lexstream.config.Pipeline;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.stream.topic.TopicCreation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker and a registry, with topics for each run. Threading: may be used from any thread. */
final class LocalCluster implements AutoCloseable {

    /**
     * The stream threads of an instance join in one rebalance, so that none falls into what is measured; what a topic need
     * not keep is deleted soon.
     */
    private static final Map<String, String> BROKER = Map.of(
            "group.initial.rebalance.delay.ms", "1000",
            "log.retention.check.interval.ms", "5000");

    private final AutoCloseable parts;
    private final Admin admin;
    private final BenchPipeline pipeline;
    private final int partitions;

    private LocalCluster(ClusterProcess.Addresses at, AutoCloseable parts, BenchSettings settings) {
        this.parts = parts;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, at.bootstrapServers()));
        this.partitions = settings.partitions();
        this.pipeline = new BenchPipeline(
                at.bootstrapServers(), at.registryUrl(), settings.models(), settings.stages(), settings.threads());
    }

    /** Starts them in this JVM. */
    static LocalCluster start(BenchSettings settings) {
        LocalBroker broker = LocalBroker.start(0, BROKER);
        try {
            LocalRegistry registry = LocalRegistry.start();
            var at = new ClusterProcess.Addresses(broker.bootstrapServers(), registry.url());
            AutoCloseable parts = () -> {
                registry.close();
                broker.close();
            };
            return new LocalCluster(at, parts, settings);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Starts them in a process of their own. */
    static LocalCluster startApart(BenchSettings settings) throws IOException, InterruptedException {
        ClusterProcess process = ClusterProcess.start(BROKER);
        return new LocalCluster(process.addresses(), process, settings);
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
            TopicCreation.create(
                    admin,
                    new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(topicSettings),
                    partitions);
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
        try {
            parts.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // a process that does not end well
            throw new IllegalStateException("the broker does not end: " + e.getMessage(), e);
        }
    }
}
