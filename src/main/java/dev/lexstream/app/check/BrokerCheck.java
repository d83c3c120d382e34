package dev.lexstream.app.check;

import dev.lexstream.app.ClientCheck;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InputTopics;
import dev.lexstream.config.Pipeline;
import dev.lexstream.stream.StreamSettings;
import dev.lexstream.stream.topic.TopicCreation;
import dev.lexstream.stream.topic.TopicRequests;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaException;

/**
 * Whether the cluster is there, has the topics, and allows what a pipeline does with them. Describes only.
 *
 * @param timeout longest wait for one answer; without a broker the first is the only one that is waited for
 */
record BrokerCheck(Loaded loaded, Duration timeout) {

    /**
     * Looks at the cluster.
     *
     * @return the input topics that there are to read now, as far as that is known
     */
    List<String> check(Findings findings) {
        Pipeline pipeline = loaded.pipeline();
        List<String> named = pipeline.topics().inputs() instanceof InputTopics.Named names ? names.names() : List.of();
        try {
            ClientCheck.check(pipeline);
            findings.passed(Part.BROKER, "clients can be made of the settings");
        } catch (ConfigurationException e) {
            findings.failed(Part.BROKER, "clients", loaded.located(e));
            return named;
        } catch (RuntimeException | LinkageError e) {
            findings.failed(Part.BROKER, "clients", e);
            return named;
        }
        Admin admin = Admin.create(settings(new StreamSettings(pipeline).admin()));
        try {
            return reach(admin, findings) ? topics(admin, findings) : named;
        } catch (KafkaException e) {
            findings.failed(Part.BROKER, "the cluster", e);
            return named;
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Those of the pipeline, but less patient than a process that nobody waits for. */
    private Map<String, Object> settings(Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(given);
        // the second must not exceed the first
        long most = timeout.toMillis();
        for (String name :
                List.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            Object value = settings.get(name);
            most = value == null
                    ? most
                    : Math.min(most, Long.parseLong(value.toString().trim()));
            settings.put(name, Long.toString(most));
        }
        return settings;
    }

    private boolean reach(Admin admin, Findings findings) {
        String servers = loaded.pipeline().kafka().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        Stopwatch answer = Stopwatch.start();
        try {
            DescribeClusterResult cluster = admin.describeCluster();
            String id = TopicCreation.await(cluster.clusterId(), "describing the cluster");
            int brokers = TopicCreation.await(cluster.nodes(), "describing the cluster")
                    .size();
            findings.passed(
                    Part.BROKER,
                    "cluster " + id + " at " + servers + ", " + Words.counted(brokers, "broker") + ", in " + answer);
            return true;
        } catch (KafkaException e) {
            findings.failed(Part.BROKER, "no cluster at " + servers + ", after " + answer, e);
            return false;
        }
    }

    private List<String> topics(Admin admin, Findings findings) {
        Pipeline pipeline = loaded.pipeline();
        TopicCheck topics = new TopicCheck(loaded, admin);
        List<String> inputs = inputs(admin, findings);
        Map<String, Long> sizes = topics.inputs(inputs, findings);
        topics.outputs(findings);
        topics.deadLetters(sizes, findings);
        new AccessCheck(pipeline, admin).check(findings);
        return inputs;
    }

    /** The names of the inputs: as given, or those that match now. */
    private List<String> inputs(Admin admin, Findings findings) {
        InputTopics inputs = loaded.pipeline().topics().inputs();
        if (inputs instanceof InputTopics.Named named) {
            return named.names();
        }
        List<String> matching = new TopicRequests(admin)
                .names().stream().filter(inputs::include).sorted().toList();
        if (matching.isEmpty()) {
            findings.warned(
                    Part.BROKER,
                    inputs + ": none now",
                    "there is nothing to read until there is one; topics that may not be described are not seen");
        } else {
            findings.passed(Part.BROKER, inputs + ": " + matching.size() + " now", Words.names(matching));
        }
        return matching;
    }
}
