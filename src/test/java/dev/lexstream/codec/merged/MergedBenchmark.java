package dev.lexstream.codec.merged;

import dev.lexstream.avro.Enrichment;
import dev.lexstream.codec.EnrichedTexts;
import dev.lexstream.codec.Records;
import dev.lexstream.registry.LastField;
import dev.lexstream.registry.SchemaSource;
import dev.lexstream.registry.ValueSplitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What merging costs for a record of forty fields: its bytes kept, or read into objects and written again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MergedBenchmark {
    private static final int FIELDS = 40;
    private static final String NAME = "enrichment";

    private final LastField<Enrichment> field = new LastField<>(Enrichment.class);
    private final Enrichment enrichment = EnrichedTexts.enrichment(Records.enrichedEvent());
    private final DecoderFactory decoders = DecoderFactory.get();
    private final EncoderFactory encoders = EncoderFactory.get();
    private byte[] value;
    private ValueSplitter splitter;
    private GenericDatumReader<GenericRecord> reader;
    private GenericDatumWriter<GenericRecord> writer;
    private Object generic;

    /** Derives the schema, which is done once. */
    @Setup(Level.Trial)
    public void start() throws IOException {
        var kinds = new String[] {"'string'", "'int'", "'double'", "['null','long']", "'boolean'"};
        var text = Writers.json(Writers.record(
                "shop.Wide",
                IntStream.range(0, FIELDS)
                        .mapToObj(i -> Writers.field("field" + i, kinds[i % kinds.length]))
                        .collect(Collectors.joining(","))));
        var derived = (MergedSchema.Derived)
                new SchemaDerivation(NAME, new EnrichmentType(field)).derive(SchemaSource.alone(text));
        var old = new Schema.Parser().parse(text);
        var merged = derived.source().schema();
        value = Values.framed(1, Values.bytes(old, Values.random(old, 1, 1).get(0)));
        splitter = new ValueSplitter(1, old, derived.extended(), derived.held());
        reader = new GenericDatumReader<>(old, merged);
        writer = new GenericDatumWriter<>(merged);
        generic = ((GenericRecord) Values.read(splice(), merged, merged)).get(NAME);
    }

    /** The value walked to its end, the enrichment encoded behind it. */
    @Benchmark
    public byte[] splice() {
        return splitter.split(value).with(2, field.encode(enrichment));
    }

    /** The value read into a record, the field set, the record written. */
    @Benchmark
    public byte[] decodeSetEncode() throws IOException {
        var decoder = decoders.binaryDecoder(value, Values.HEADER, value.length - Values.HEADER, null);
        var read = reader.read(null, decoder);
        read.put(NAME, generic);
        var out = new ByteArrayOutputStream(2 * value.length);
        out.write(value, 0, Values.HEADER);
        var encoder = encoders.binaryEncoder(out, null);
        writer.write(read, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Prints how many times as long the second takes. */
    public static void main(String[] args) throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                        .include(MergedBenchmark.class.getSimpleName())
                        .build())
                .run();
        var nanos = results.stream()
                .collect(Collectors.toMap(
                        result -> result.getPrimaryResult().getLabel(),
                        result -> result.getPrimaryResult().getScore()));
        System.out.printf(
                "splice %.0f ns, decodeSetEncode %.0f ns, ratio %.2f%n",
                nanos.get("splice"), nanos.get("decodeSetEncode"), nanos.get("decodeSetEncode") / nanos.get("splice"));
    }
}
