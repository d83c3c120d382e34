package dev.lexstream.bench;

import dev.lexstream.codec.EnrichedTextEncoder;
import dev.lexstream.codec.EventDecoder;
import dev.lexstream.config.Pipeline;
import dev.lexstream.inference.BatchStats;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.LinguaDetector;
import dev.lexstream.plan.LanguageRule;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.stream.StreamSettings;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The naive way: Kafka Streams with a {@code mapValues} that asks the models record by record. Same broker, settings of Kafka,
 * codecs, bundles and guarantee as the pipeline.
 */
final class NaiveRun {

    private final LocalCluster cluster;
    private final RunnerFactory devices;
    private final List<ModelBundle> bundles;
    private final Progress progress;

    NaiveRun(LocalCluster cluster, RunnerFactory devices, List<ModelBundle> bundles, Progress progress) {
        this.cluster = cluster;
        this.devices = devices;
        this.bundles = bundles;
        this.progress = progress;
    }

    /**
     * Measures from when the first event after the warm-up is begun until the last is readable.
     *
     * @param warmUp events that are not measured; what counts is their number, not which they are
     */
    Throughput measure(String run, String what, List<BenchEvent> events, List<BenchEvent> warmUp)
            throws InterruptedException {
        Pipeline pipeline = cluster.create(run, Map.of());
        List<BenchEvent> all = Stream.concat(warmUp.stream(), events.stream()).toList();
        EventProducer.sendAll(pipeline, all);
        AtomicLong begin = new AtomicLong();
        AtomicReference<Map<String, BatchStats>> before = new AtomicReference<>();
        AtomicReference<NaiveMapper> self = new AtomicReference<>();
        try (SchemaRegistry registry = SchemaRegistry.connect(pipeline.registry());
                NaiveMapper mapper = mapper(pipeline, registry, number -> {
                    if (number == warmUp.size()) {
                        before.set(self.get().stats());
                        begin.set(System.nanoTime());
                    }
                })) {
            self.set(mapper);
            long end = run(pipeline, mapper, all.size(), what);
            return new Throughput(events.size(), end - begin.get(), Throughput.between(before.get(), mapper.stats()));
        }
    }

    private long run(Pipeline pipeline, NaiveMapper mapper, int total, String what) throws InterruptedException {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        try (KafkaStreams streams = streams(pipeline, mapper)) {
            streams.setUncaughtExceptionHandler(failure -> {
                fault.compareAndSet(null, failure);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            return new Drain(cluster, pipeline)
                    .await(
                            total,
                            () -> fault.get() != null ? fault.get() : mapper.failure(),
                            committed -> progress.update(what, committed, total, ""));
        }
    }

    private NaiveMapper mapper(Pipeline pipeline, SchemaRegistry registry, LongConsumer begun) {
        return new NaiveMapper(
                EventDecoder.avro(registry),
                EnrichedTextEncoder.avro(registry),
                List.of(pipeline.topics().input(), pipeline.topics().output()),
                bundles,
                devices,
                new LanguageRule(new LinguaDetector(pipeline.language().detect())),
                begun);
    }

    private static KafkaStreams streams(Pipeline pipeline, NaiveMapper mapper) {
        Properties settings = new StreamSettings(pipeline).plain();
        // what a tutorial has no dead letters for is passed over
        settings.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueProcessingExceptionHandler.class.getName());
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(pipeline.topics().input(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .mapValues(mapper)
                .to(pipeline.topics().output(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return new KafkaStreams(builder.build(), settings);
    }
}
