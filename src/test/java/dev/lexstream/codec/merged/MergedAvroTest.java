package dev.lexstream.codec.merged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.avro.Enrichment;
import dev.lexstream.codec.EnrichedTexts;
import dev.lexstream.codec.Records;
import dev.lexstream.codec.merged.Writers.Writer;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.registry.LastField;
import dev.lexstream.registry.SplitValue;
import dev.lexstream.registry.ValueSplitter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a value was written with: readers of the old schema and of the new one find in the merged value what was put into it. */
class MergedAvroTest {
    private static final int VALUES = 200;
    private static final String FIELD = "enrichment";

    private final LastField<Enrichment> field = new LastField<>(Enrichment.class);
    private final EnrichedEvent event = Records.enrichedEvent();
    private final Enrichment enrichment = EnrichedTexts.enrichment(event);

    static Stream<Writer> writers() {
        return Writers.all();
    }

    /** A writer's schema and what was derived from it. */
    private record Pair(Schema old, Schema merged, MergedSchema.Derived derived) {}

    private Pair pair(Writer writer, String name) {
        var merged = new SchemaDerivation(name, new EnrichmentType(field)).derive(writer.source());
        assertThat(merged).as("%s", merged).isInstanceOf(MergedSchema.Derived.class);
        var derived = (MergedSchema.Derived) merged;
        return new Pair(writer.source().schema(), derived.source().schema(), derived);
    }

    private byte[] merged(Pair pair, byte[] value, Enrichment last) {
        return split(pair, value).with(2, field.encode(last));
    }

    private static SplitValue split(Pair pair, byte[] value) {
        return new ValueSplitter(
                        1, pair.old(), pair.derived().extended(), pair.derived().held())
                .split(value);
    }

    private void check(Writer writer, boolean sized) throws IOException {
        var pair = pair(writer, FIELD);
        var old = pair.old();
        for (var value : Values.random(pair.old(), VALUES, 7)) {
            var before = Values.framed(1, Values.bytes(pair.old(), value, sized));
            var after = merged(pair, before, enrichment);

            if (!pair.derived().isNested()) {
                assertThat(Arrays.copyOfRange(after, Values.HEADER, before.length))
                        .isEqualTo(Arrays.copyOfRange(before, Values.HEADER, before.length));
            }
            var expected = Values.bytes(old, Values.read(before, pair.old(), pair.old()));
            assertThat(Values.bytes(old, Values.read(after, pair.merged(), old)))
                    .isEqualTo(expected);

            var both = (GenericRecord) Values.read(after, pair.merged(), pair.merged());
            assertThat(json(both.get(FIELD))).isEqualTo(json(enrichment));
            assertThat(both.getSchema().getFields())
                    .last()
                    .extracting(Schema.Field::name)
                    .isEqualTo(FIELD);

            var none = (GenericRecord) Values.read(before, pair.old(), pair.merged());
            assertThat(none.get(FIELD)).isNull();
        }
    }

    /** As Avro prints it, with times as numbers, and maps in no order. */
    private JsonNode json(Object record) throws IOException {
        var union = Schema.createUnion(Schema.create(Schema.Type.NULL), field.schema());
        var text = record instanceof Enrichment own
                ? Values.read(Values.framed(1, field.encode(own)), union, union)
                : record;
        return new ObjectMapper().readTree(text.toString());
    }

    @ParameterizedTest
    @MethodSource("writers")
    void readersOfEitherSchemaFindAllThatTheyKnow(Writer writer) throws IOException {
        check(writer, false);
    }

    @ParameterizedTest
    @MethodSource("writers")
    void readersOfEitherSchemaFindAllThatTheyKnowWhereBlocksSayTheirSize(Writer writer) throws IOException {
        check(writer, true);
    }

    @ParameterizedTest
    @MethodSource("writers")
    void theSchemasAreCompatibleBothWays(Writer writer) {
        var pair = pair(writer, FIELD);
        for (var way : List.of(List.of(pair.old(), pair.merged()), List.of(pair.merged(), pair.old()))) {
            var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(way.get(0), way.get(1));
            assertThat(compatibility.getType())
                    .as("%s", compatibility.getResult().getIncompatibilities())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void twoPipelinesWithOneNameKeepOneFieldWithTheAnnotationsOfBoth(Writer writer) throws IOException {
        var first = pair(writer, FIELD);
        var second = pair(new Writer("", first.merged().toString()), FIELD);
        assertThat(second.merged()).isEqualTo(first.merged());

        for (var value : Values.random(first.old(), 20, 8)) {
            var once = merged(first, Values.framed(1, Values.bytes(first.old(), value)), enrichment);
            var split = split(second, once);
            assertThat(split.held()).isTrue();
            assertThat(Arrays.copyOfRange(split.bytes(), split.from(), split.to()))
                    .isEqualTo(Arrays.copyOfRange(once, Values.HEADER, once.length - field.encode(enrichment).length));
            var top = first.merged().isUnion()
                    ? first.merged().getTypes().get(first.merged().getIndexNamed(split.record()))
                    : first.merged();
            var type = new EnrichmentType(field)
                    .within(top.getField(FIELD).schema())
                    .orElseThrow();
            var earlier = field.reading(type).decode(split).orElseThrow();
            assertThat(earlier).isEqualTo(enrichment);

            var twice = merged(second, once, Enrichments.joined(earlier, enrichment));
            var read = (GenericRecord) Values.read(twice, second.merged(), second.merged());
            assertThat((List<?>) ((GenericRecord) read.get(FIELD)).get("annotations"))
                    .hasSize(2 * enrichment.getAnnotations().size());
            assertThat(Values.bytes(first.old(), Values.read(twice, second.merged(), first.old())))
                    .isEqualTo(Values.bytes(first.old(), Values.read(once, first.merged(), first.old())));
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void twoPipelinesWithTwoNamesHaveAFieldEach(Writer writer) throws IOException {
        var first = pair(writer, FIELD);
        var second = pair(new Writer("", first.merged().toString()), "again");

        for (var value : Values.random(first.old(), 20, 9)) {
            var once = merged(first, Values.framed(1, Values.bytes(first.old(), value)), enrichment);
            var twice = merged(second, once, enrichment);

            var read = (GenericRecord) Values.read(twice, second.merged(), second.merged());
            for (var name : List.of(FIELD, "again")) {
                assertThat(json(read.get(name))).isEqualTo(json(enrichment));
            }
            assertThat(Values.bytes(first.merged(), Values.read(twice, second.merged(), first.merged())))
                    .isEqualTo(Values.bytes(first.merged(), Values.read(once, first.merged(), first.merged())));
        }
    }
}
