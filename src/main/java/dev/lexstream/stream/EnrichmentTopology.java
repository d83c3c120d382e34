package dev.lexstream.stream;

import dev.lexstream.codec.EnrichedTextEncoder;
import dev.lexstream.config.InputTopics;
import dev.lexstream.stream.fault.DeadLetterCounts;
import dev.lexstream.stream.fault.RecordHistory;
import dev.lexstream.stream.topic.OutputTopic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The one place that builds the topology: {@code texts > enrich > enriched}. Stages have no nodes of their own: they run off the
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
    static final String SINK = "enriched";

    private EnrichmentTopology() {}

    /**
     * Builds it.
     *
     * @param inputTopics where text events come from
     * @param inputPartitions of these topics at the start
     * @param stages names of the stages, in order
     * @param outputTopic where enriched texts go
     * @param output what is known of that topic now
     * @param records told of those that are processed
     * @param deadLetters told of them too
     * @param encoder writes the values of output records
     * @param resultTimeout longest wait for the result of one stage
     */
    static Topology build(
            InputTopics inputTopics,
            Map<String, Integer> inputPartitions,
            List<String> stages,
            String outputTopic,
            Supplier<OutputTopic> output,
            RecordHistory records,
            DeadLetterCounts deadLetters,
            EnrichedTextEncoder encoder,
            Duration resultTimeout) {
        Clock clock = Clock.systemUTC();
        ResultWait results = new ResultWait(resultTimeout, clock);
        Topology topology = new Topology();
        addSource(topology, inputTopics);
        topology.addProcessor(
                ENRICH,
                () -> new EnrichProcessor(stages, output, records, deadLetters, encoder, results, clock),
                SOURCE);
        return topology.addSink(
                SINK,
                outputTopic,
                new ByteArraySerializer(),
                (topic, value) -> value.bytes(),
                new SamePartition(inputPartitions),
                ENRICH);
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
