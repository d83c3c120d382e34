package dev.lexstream.app.check;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.InputTopics;
import dev.lexstream.config.RouteSettings;
import dev.lexstream.stream.topic.TopicConfigs;
import dev.lexstream.stream.topic.TopicRequests;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Whether the topics of a pipeline are there and take what is written.
 *
 * @param admin of the cluster; not closed
 */
record TopicCheck(Loaded loaded, Admin admin) {

    /**
     * The topics that are read; of a pattern only those are told that cannot be.
     *
     * @return the largest batch of each that there is and whose configuration may be read, in bytes
     */
    Map<String, Long> inputs(Collection<String> names, Findings findings) {
        boolean isNamed = loaded.pipeline().topics().inputs() instanceof InputTopics.Named;
        Map<String, Long> sizes = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> found = lookup().describe(names);
        for (String name : names) {
            String what = "input topic " + name;
            lookup().found("topics.input", what, name, found.get(name), AclOperation.READ, findings)
                    .ifPresent(topic -> {
                        TopicConfigs configs = new TopicRequests(admin).configs(name);
                        configs.config().ifPresent(any -> sizes.put(name, configs.maxBatchBytes()));
                        if (isNamed) {
                            findings.passed(Part.BROKER, what + ": " + TopicLookup.partitions(topic));
                        }
                    });
        }
        return sizes;
    }

    /** The topics that enriched records go to. */
    void outputs(Findings findings) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(loaded.pipeline().topics().output(), "topics.output");
        List<RouteSettings> routes = loaded.pipeline().routes();
        for (int i = 0; i < routes.size(); i++) {
            String key = "routes[" + i + "].topic";
            routes.get(i).topic().ifPresent(topic -> keys.putIfAbsent(topic, key));
        }
        Map<String, KafkaFuture<TopicDescription>> found = lookup().describe(keys.keySet());
        keys.forEach((name, key) -> {
            String what = "output topic " + name;
            lookup().found(key, what, name, found.get(name), AclOperation.WRITE, findings)
                    .ifPresent(topic -> findings.add(new Refusals(new TopicRequests(admin).configs(name))
                            .finding(what + ": " + TopicLookup.partitions(topic))));
        });
    }

    /**
     * The topic of dead letters.
     *
     * @param inputs the largest batch of each input topic, in bytes
     */
    void deadLetters(Map<String, Long> inputs, Findings findings) {
        String name = loaded.pipeline().topics().deadLetters();
        String key = "topics.dead-letters";
        String what = "dead-letter topic " + name;
        KafkaFuture<TopicDescription> described =
                lookup().describe(List.of(name)).get(name);
        lookup().found(key, what, name, described, AclOperation.WRITE, findings).ifPresent(topic -> {
            TopicConfigs configs = new TopicRequests(admin).configs(name);
            if (configs.compacted()) {
                ConfigProblem problem = new ConfigProblem(
                        key,
                        "topic " + name + " is compacted",
                        "allowed is cleanup.policy=delete: compaction loses all but one dead letter per key");
                findings.failed(Part.BROKER, what, loaded.located(problem));
                return;
            }
            findings.add(Refusals.ofDeadLetters(configs, inputs, what + ": " + TopicLookup.partitions(topic)));
        });
    }

    private TopicLookup lookup() {
        return new TopicLookup(loaded, admin);
    }
}
