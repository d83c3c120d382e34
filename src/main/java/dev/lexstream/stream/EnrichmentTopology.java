package dev.lexstream.stream;

import dev.lexstream.config.InputTopics;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The one place that builds the topology: {@code texts > enrich > to-TOPIC}, with a sink for each output topic. Stages have no nodes of their own: they run off the
 * stream threads, and a record has their results when it is processed.
 *
 * <p>There are no state stores, no repartitioning and no internal topics, so a changed topology has nothing to migrate:
 * stages may be added, removed, renamed or reordered between two deployments. Offsets belong to the input topic and the
 * {@code application.id}; changing either starts over from {@code auto.offset.reset}. Names of nodes appear in Kafka
 * Streams' metrics and logs.
 */
final class EnrichmentTopology {

    /** Reads records as they are, so that a dead letter is byte for byte what came in. */
    static final String SOURCE = "texts";

    static final String ENRICH = "enrich";

    private EnrichmentTopology() {}

    /** The name of the sink of a topic. */
    static String sink(String topic) {
        return "to-" + topic;
    }

    /**
     * Builds it.
     *
     * @param inputs where text events come from
     * @param inputPartitions of these topics at the start
     * @param outputTopics where output records go
     * @param processors make the processor of a task
     */
    static Topology build(
            InputTopics inputs,
            Map<String, Integer> inputPartitions,
            Collection<String> outputTopics,
            Supplier<EnrichProcessor> processors) {
        Topology topology = new Topology();
        addSource(topology, inputs);
        topology.addProcessor(ENRICH, processors::get, SOURCE);
        for (String topic : new TreeSet<>(outputTopics)) {
            topology.addSink(
                    sink(topic),
                    topic,
                    new ByteArraySerializer(),
                    (name, value) -> value.bytes(),
                    new SamePartition(inputPartitions),
                    ENRICH);
        }
        return topology;
    }

    private static void addSource(Topology topology, InputTopics topics) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        if (topics instanceof InputTopics.Matching matching) {
            topology.addSource(SOURCE, bytes, bytes, matching.pattern());
        } else {
            topology.addSource(
                    SOURCE, bytes, bytes, ((InputTopics.Named) topics).names().toArray(String[]::new));
        }
    }
}
