package dev.lexstream.stream;

import dev.lexstream.codec.EnrichedTextEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The one place that builds the topology: {@code texts > decode > one node for each stage > emit > enriched}.
 *
 * <p>There are no state stores, no repartitioning and no internal topics, so a changed topology has nothing to migrate:
 * stages may be added, removed, renamed or reordered between two deployments. Offsets belong to the input topic and the
 * {@code application.id}; changing either starts over from {@code auto.offset.reset}. Names of nodes appear in Kafka
 * Streams' metrics and logs. A second source topic would change what a task is, see {@link DecodeProcessor#init}.
 */
final class EnrichmentTopology {

    /** Reads records as they are, so that a dead letter is byte for byte what came in. */
    static final String SOURCE = "texts";

    static final String DECODE = "decode";
    static final String EMIT = "emit";
    static final String SINK = "enriched";

    private EnrichmentTopology() {}

    /**
     * Builds it.
     *
     * @param inputTopic where text events come from
     * @param inputPartitions of that topic
     * @param stages names of the stages, in order
     * @param outputTopic where enriched texts go
     * @param output what is known of that topic now
     * @param intake shared with the {@link PollPrefetcher}
     * @param watch told of the records that are processed
     * @param encoder writes the values of output records
     * @param resultTimeout longest wait for the result of one stage
     */
    static Topology build(
            String inputTopic,
            int inputPartitions,
            List<String> stages,
            String outputTopic,
            Supplier<OutputTopic> output,
            Intake intake,
            RecordWatch watch,
            EnrichedTextEncoder encoder,
            Duration resultTimeout) {
        ResultWait results = new ResultWait(resultTimeout, Clock.systemUTC());
        Topology topology = new Topology();
        topology.addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), inputTopic);
        topology.addProcessor(DECODE, () -> new DecodeProcessor(inputTopic, intake, watch), SOURCE);
        String last = DECODE;
        for (String stage : stages) {
            topology.addProcessor(stage, () -> new StageProcessor(stage, results), last);
            last = stage;
        }
        topology.addProcessor(EMIT, () -> new EmitProcessor(output, encoder, results, Clock.systemUTC()), last);
        return topology.addSink(
                SINK,
                outputTopic,
                new ByteArraySerializer(),
                (topic, value) -> value.bytes(),
                new SamePartition(inputPartitions),
                EMIT);
    }
}
