package dev.lexstream.codec.merged;

import static dev.lexstream.codec.merged.Writers.field;
import static dev.lexstream.codec.merged.Writers.json;
import static dev.lexstream.codec.merged.Writers.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.Records;
import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.codec.merged.Writers.Writer;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.Headers;
import dev.lexstream.failure.Reason;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.SchemaRejectedException;
import dev.lexstream.registry.SchemaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Merged values of Avro with a registry that keeps the rules of compatibility. */
class MergedAvroEncoderTest {
    private static final String IN = "in";
    private static final String OUT = "out";
    private static final String V1 = json(record("shop.T", field("text", "'string'")));
    private static final String V2 =
            json(record("shop.T", field("text", "'string'") + ",{'name':'n','type':'int','default':1}"));
    private static final String V3 = json(record(
            "shop.T",
            field("text", "'string'")
                    + ",{'name':'n','type':'int','default':1},{'name':'m','type':'int','default':2}"));

    private final EnrichedEvent event = Records.enrichedEvent();
    private LocalRegistry server;
    private CachedSchemaRegistryClient client;
    private final List<SchemaRegistry> connections = new ArrayList<>();

    static List<Writer> writers() {
        return Writers.registrable();
    }

    @BeforeEach
    void start() {
        server = LocalRegistry.start();
        client = new CachedSchemaRegistryClient(server.url(), 100, Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        connections.forEach(SchemaRegistry::close);
        client.close();
        server.close();
    }

    private MergedAvroEncoder encoder(String... settings) {
        var all = new HashMap<String, String>(Map.of("schema.registry.url", server.url()));
        for (var i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        connections.add(SchemaRegistry.connect(all));
        return new MergedAvroEncoder(connections.get(connections.size() - 1), "enrichment");
    }

    private int register(String subject, Writer writer) throws Exception {
        var references = new ArrayList<SchemaReference>();
        for (var reference : writer.referenced().entrySet()) {
            client.register(reference.getKey(), new AvroSchema(reference.getValue()));
            references.add(new SchemaReference(reference.getKey(), reference.getKey(), 1));
        }
        return client.register(subject, new AvroSchema(writer.source().text(), references, writer.referenced(), null));
    }

    private int register(String text) throws Exception {
        return client.register(IN + "-value", new AvroSchema(text));
    }

    private List<Integer> outVersions() throws Exception {
        var ids = new ArrayList<Integer>();
        for (var version : client.getAllVersions(OUT + "-value")) {
            ids.add(client.getSchemaMetadata(OUT + "-value", version).getId());
        }
        return ids;
    }

    private static InputRecord input(byte[] value) {
        return new InputRecord(new Envelope(IN, 0, null, Headers.NONE), 0, 0, value);
    }

    private static InputRecord text(int id, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return input(ByteBuffer.allocate(6 + bytes.length)
                .put((byte) 0)
                .putInt(id)
                .put((byte) (2 * bytes.length))
                .put(bytes)
                .array());
    }

    private static int id(byte[] value) {
        return ByteBuffer.wrap(value, 1, 4).getInt();
    }

    @ParameterizedTest
    @MethodSource("writers")
    void mergedValuesAreReadWithTheSchemaThatTheyNameWhoeverWroteTheInput(Writer writer) throws Exception {
        var id = register(IN + "-value", writer);
        var old = new SchemaSource(writer.source().text(), List.of(), writer.referenced()).schema();
        var encoder = encoder();
        encoder.prepare(List.of(IN), OUT);

        for (var value : Values.random(old, 3, 5)) {
            var merged = encoder.encode(OUT, input(Values.framed(id, Values.bytes(old, value))), event);

            var schema = new Schema.Parser()
                    .setValidateDefaults(false)
                    .parse(((AvroSchema) client.getSchemaById(id(merged)))
                            .rawSchema()
                            .toString());
            var read = (GenericRecord) Values.read(merged, schema, schema);
            assertThat(read.get("enrichment").toString()).contains("Tee 🍵 bitte.");
            assertThat(Values.read(merged, schema, old)).isNotNull();
        }
        assertThat(outVersions()).hasSize(1);
        assertThat(client.getAllVersions(IN + "-value")).hasSize(1);
    }

    @Test
    void atTheStartAllVersionsOfTheInputAreRegisteredForTheOutputInTheirOrder() throws Exception {
        List.of(V1, V2, V3).forEach(text -> register0(text));

        encoder().prepare(List.of(IN), OUT);

        var fields = new ArrayList<Integer>();
        for (var id : outVersions()) {
            fields.add(((AvroSchema) client.getSchemaById(id))
                    .rawSchema()
                    .getFields()
                    .size());
        }
        assertThat(fields).containsExactly(2, 3, 4);
        assertThat(client.getAllVersions(IN + "-value")).containsExactly(1, 2, 3);
    }

    private void register0(String text) {
        try {
            register(text);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aVersionThatIsNewWhileRunningIsRegisteredBehindThoseBeforeIt() throws Exception {
        register(V1);
        var encoder = encoder();
        encoder.prepare(List.of(IN), OUT);
        register(V2);
        var third = register(V3);

        var value = input(Values.framed(third, new byte[] {2, 'x', 4, 6}));
        var merged = encoder.encode(OUT, value, event);

        assertThat(outVersions()).hasSize(3).last().isEqualTo(id(merged));
    }

    @Test
    void withoutTheRightToRegisterTheMessageNamesAllSchemasThatAreMissing() throws Exception {
        var first = register(V1);
        var second = register(V2);
        var encoder = encoder("auto.register.schemas", "false");

        assertThatThrownBy(() -> encoder.prepare(List.of(IN), OUT))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining(
                        "the schema derived from that with id " + first + " is not registered for subject out-value")
                .hasMessageContaining("the schema derived from that with id " + second);
        assertThat(client.getAllSubjects()).containsExactly("in-value");
    }

    @Test
    void derivedSchemasThatSomebodyElseRegistersAreFound() throws Exception {
        var first = register(V1);
        register(V2);
        var encoder = encoder("auto.register.schemas", "false");

        for (var derived : encoder.derived(IN).values()) {
            client.register(
                    OUT + "-value",
                    new AvroSchema(((MergedSchema.Derived) derived).source().text()));
        }

        encoder.prepare(List.of(IN), OUT);
        assertThat(id(encoder.encode(OUT, text(first, "x"), event)))
                .isEqualTo(outVersions().get(0));
    }

    @Test
    void withUseLatestVersionOnlyTheLatestIsWritten() throws Exception {
        var first = register(V1);
        var second = register(V2);
        encoder().prepare(List.of(IN), OUT);
        var encoder = encoder("use.latest.version", "true");

        var merged = encoder.encode(OUT, input(Values.framed(second, new byte[] {2, 'x', 4})), event);

        assertThat(id(merged)).isEqualTo(outVersions().get(1));
        assertThatThrownBy(() -> encoder.encode(OUT, text(first, "x"), event))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("allowed is the latest while use.latest.version is true");
    }

    @Test
    void theSubjectOfProducersIsNeverWrittenTo() throws Exception {
        var id = register(V1);
        var encoder = encoder("value.subject.name.strategy", "RecordNameStrategy");

        assertThatThrownBy(() -> encoder.encode(OUT, text(id, "x"), event))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("TopicNameStrategy and TopicRecordNameStrategy");
    }

    @Test
    void subjectsCanBeNamedByTopicAndRecord() throws Exception {
        var id = register(V1);
        var encoder = encoder("value.subject.name.strategy", "TopicRecordNameStrategy");

        encoder.prepare(List.of(IN), OUT);
        encoder.encode(OUT, text(id, "x"), event);

        assertThat(client.getAllSubjects()).containsExactlyInAnyOrder("in-value", "out-shop.T");
    }

    @Test
    void aSchemaThatTheOutputsRulesForbidIsRefusedByTheRegistryAndSaidSo() throws Exception {
        register(V1);
        client.register(OUT + "-value", new AvroSchema(json(record("shop.T", field("text", "'int'")))));

        assertThatThrownBy(() -> encoder().prepare(List.of(IN), OUT))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("the registry refuses the schema derived from that with id");
    }

    @Test
    void aLatestSchemaWithoutAPlaceStopsTheStartAndAnEarlierOneDoesNot() throws Exception {
        client.updateCompatibility(IN + "-value", "NONE");
        var none = register("\"string\"");
        assertThatThrownBy(() -> encoder().prepare(List.of(IN), OUT))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("allowed is a record");
        register(V1);

        var encoder = encoder();
        encoder.prepare(List.of(IN), OUT);

        assertThat(encoder.derived(IN).get(none)).isInstanceOf(MergedSchema.Refused.class);
        assertThatThrownBy(() -> encoder.encode(OUT, text(none, "x"), event))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("values with schema id " + none + " have no place for the field");
    }

    @Test
    void anInputWithoutASubjectHasNothingToPrepare() throws Exception {
        encoder().prepare(List.of(IN), OUT);

        assertThat(client.getAllSubjects()).isEmpty();
    }

    @Test
    void aSecondPipelineWithTheNameOfTheFirstAppendsItsAnnotations() throws Exception {
        var id = register(V1);
        var once = encoder().encode(OUT, text(id, "Tea"), event);

        var twice = encoder().encode("out-2", input(once), event);

        assertThat(id(twice)).isEqualTo(id(once));
        var schema = new Schema.Parser()
                .parse(((AvroSchema) client.getSchemaById(id(twice)))
                        .rawSchema()
                        .toString());
        var read = (GenericRecord) Values.read(twice, schema, schema);
        assertThat((List<?>) ((GenericRecord) read.get("enrichment")).get("annotations"))
                .hasSize(2 * event.outcomes().size());
        assertThat(read.get("text").toString()).isEqualTo("Tea");
    }

    @Test
    void anEnrichmentOfAnEarlierVersionIsReadAndWrittenInThisOne() throws Exception {
        var id = register(json(record(
                "shop.T",
                field("text", "'string'") + ",{'name':'enrichment','default':null,'type':['null',"
                        + "{'type':'record','name':'Enrichment','namespace':'dev.lexstream.avro','fields':["
                        + "{'name':'receivedAt','type':['null','long'],'default':null}]}]}")));

        var merged = encoder().encode(OUT, input(Values.framed(id, new byte[] {2, 'x', 2, 2, 2})), event);

        var schema = new Schema.Parser()
                .parse(((AvroSchema) client.getSchemaById(id(merged)))
                        .rawSchema()
                        .toString());
        var enrichment = (GenericRecord) ((GenericRecord) Values.read(merged, schema, schema)).get("enrichment");
        assertThat(enrichment.get("receivedAt")).isEqualTo(1L);
        assertThat((List<?>) enrichment.get("annotations")).hasSameSizeAs(event.outcomes());
        assertThatThrownBy(() -> encoder().encode(OUT, input(Values.framed(id, new byte[] {2, 'x', 2, 2})), event))
                .isInstanceOf(UndecodableEventException.class);
    }

    @Test
    void aFieldThatIsThereAndNullIsFilled() throws Exception {
        var id = register(V1);
        var once = encoder().encode(OUT, text(id, "x"), event);
        var empty = input(Values.framed(id(once), new byte[] {2, 'x', 0}));

        assertThat(encoder().encode(OUT, empty, event)).isEqualTo(once);
    }

    @Test
    void aValueThatIsNotOneToItsEndIsADataErrorWithoutItsText() throws Exception {
        var id = register(V1);
        var encoder = encoder();
        var whole = text(id, "secret").value();
        var longer = Arrays.copyOf(whole, whole.length + 1);
        var shorter = Arrays.copyOf(whole, whole.length - 1);

        for (var bad : List.of(longer, shorter, new byte[] {1, 2, 3}, new byte[] {7, 0, 0, 0, 1, 0})) {
            assertThatThrownBy(() -> encoder.encode(OUT, input(bad), event))
                    .isInstanceOfSatisfying(UndecodableEventException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.UNDECODABLE))
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> encoder.encode(OUT, text(999, "secret"), event))
                .isInstanceOfSatisfying(UndecodableEventException.class, e -> assertThat(e.reason())
                        .isEqualTo(Reason.UNKNOWN_SCHEMA));
    }

    @Test
    void nullHasNoPlaceForAField() throws Exception {
        var id = register(json("['null'," + record("R", "") + "]"));

        assertThatThrownBy(() -> encoder().encode(OUT, input(Values.framed(id, new byte[] {0})), event))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("null, which has no fields");
    }
}
