package dev.lexstream.codec;

import dev.lexstream.event.TextEvent;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.registry.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a record costs in the codecs, with schemas known, as they are after the first record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private static final String INPUT = "texts";
    private static final String OUTPUT = "enriched-texts";

    private final EnrichedEvent enriched = Records.enrichedEvent();
    private LocalRegistry server;
    private SchemaRegistry registry;
    private EventDecoder decoder;
    private EnrichedTextEncoder encoder;
    private InputRecord event;

    /** Starts a registry, which is asked once. */
    @Setup(Level.Trial)
    public void start() {
        server = LocalRegistry.start();
        registry = SchemaRegistry.connect(Map.of("schema.registry.url", server.url()));
        decoder = EventDecoder.avro(registry);
        encoder = EnrichedTextEncoder.avro(registry);
        event = Records.input(EventEncoder.avro(registry).encode(INPUT, Records.event()));
    }

    @TearDown(Level.Trial)
    public void stop() {
        registry.close();
        server.close();
    }

    @Benchmark
    public TextEvent decodeEvent() {
        return decoder.decode(event);
    }

    @Benchmark
    public byte[] encodeEnrichedText() {
        return encoder.encode(OUTPUT, enriched);
    }
}
