package dev.lexstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.TextEvent;
import dev.lexstream.codec.Records;
import dev.lexstream.local.LocalRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written when types had other names is read, wherever these types occur, and registries take the new names. */
class TypeAliasesTest {
    private static final String OLD_BOX =
            """
            {"type":"record","name":"Crate","namespace":"old","fields":[
            {"name":"thing","type":["null",
             {"type":"record","name":"Left","fields":[{"name":"s","type":"bytes"}]},
             {"type":"record","name":"Right","fields":[{"name":"s","type":"bytes"}]},
             {"type":"enum","name":"Sort","symbols":["B","A"]}]},
            {"name":"kinds","type":{"type":"array","items":"Sort"}},
            {"name":"mark","type":{"type":"fixed","name":"Sign","size":2}},
            {"name":"lefts","type":{"type":"map","values":"Right"}}]}""";
    private static final byte[] LATIN_1 = {'c', 'a', 'f', (byte) 0xe9};

    private static StubRegistry server;
    private static SchemaRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        server = new StubRegistry();
        registry = server.connect();
    }

    @AfterAll
    static void stop() {
        registry.close();
        server.close();
    }

    @Test
    void givenAnEventOf010WhenReadThenItIsTheEvent() throws IOException {
        var value = value(old("TextEvent"), Records.textEvent());

        assertThat(new AvroDeserializer<>(registry, TextEvent.class).deserialize("t", value))
                .isEqualTo(Records.textEvent());
    }

    @Test
    void givenAnEnrichedTextOf010WhenReadThenItIsTheText() throws IOException {
        var value = value(old("EnrichedText"), Records.enrichedText());

        assertThat(new AvroDeserializer<>(registry, EnrichedText.class).deserialize("t", value))
                .isEqualTo(Records.enrichedTextOf010());
    }

    @Test
    void givenOldTypesInUnionsOfTheWriterWhenReadThenTheyAreTheirBranches() throws IOException {
        // the language is optional, as writers may have it
        var text = old("EnrichedText").toString();
        var nested = text.replaceFirst(
                        "\"type\":(\\{\"type\":\"record\",\"name\":\"Language\".*?\\]\\})", "\"type\":[\"null\",$1]")
                .replaceFirst("\"default\":\\{\"code\".*?\\}", "\"default\":null");
        var writer = new Schema.Parser().parse(nested);

        assertThat(writer.getField("language").schema().getTypes()).hasSize(2);
        assertThat(new AvroDeserializer<>(registry, EnrichedText.class)
                        .deserialize("t", value(writer, Records.enrichedText())))
                .isEqualTo(Records.enrichedTextOf010());
    }

    @Test
    void givenDefaultsThatAvroWouldRefuseBesideOldTypesWhenReadThenTheRecordIsThere() throws IOException {
        var odd = "{\"name\":\"more\",\"type\":[\"int\",{\"type\":\"record\",\"name\":\"Odd\",\"fields\":["
                + "{\"name\":\"n\",\"type\":\"int\",\"default\":\"x\"}]}],\"default\":\"none\"}";
        var text = old("EnrichedText").toString().replaceFirst("\"fields\":\\[", "\"fields\":[" + odd + ",");
        var avro = avro(old("EnrichedText"), Records.enrichedText());
        var value = ByteBuffer.allocate(2 + avro.length)
                .put(new byte[] {0, 14})
                .put(avro)
                .array();

        assertThat(new AvroDeserializer<>(registry, EnrichedText.class)
                        .deserialize("t", StubRegistry.value(server.add(text), value)))
                .isEqualTo(Records.enrichedTextOf010());
    }

    @Test
    void givenARecordAnEnumAndAFixedByOldNamesWhenReadThenAliasesDecideWhichTypeEachIs() throws IOException {
        var left = box(e -> {
            e.writeIndex(2);
            e.writeString("an old Right");
        });
        var right = box(e -> {
            e.writeIndex(1);
            e.writeBytes(LATIN_1);
        });
        var kind = box(e -> {
            e.writeIndex(3);
            e.writeEnum(0);
        });

        assertThat(left.get("item").toString()).isEqualTo("{\"s\": \"an old Right\"}");
        assertThat(((GenericRecord) left.get("item")).getSchema().getName()).isEqualTo("Left");
        assertThat(((GenericRecord) right.get("item")).getSchema().getName()).isEqualTo("Right");
        assertThat(((GenericRecord) right.get("item")).get("s")).isEqualTo(ByteBuffer.wrap(LATIN_1));
        assertThat(kind.get("item")).hasToString("B");
        assertThat(kind.get("kinds")).hasToString("[A, B]");
        assertThat(kind.get("mark")).hasToString("[1, 2]");
        assertThat(kind.get("lefts")).hasToString("{k={\"s\": \"v\"}}");
    }

    @Test
    void givenBytesThatAreNotUtf8WhenTheirTypesAliasReadsAStringThenItIsADataErrorThatNamesTheField() {
        assertThatThrownBy(() -> box(e -> {
                    e.writeIndex(2);
                    e.writeBytes(LATIN_1);
                }))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("field item: string is not valid UTF-8");
    }

    @Test
    void givenTwoTypesThatGetOneNameInAUnionWhenReadThenItIsADataError() throws IOException {
        var both =
                "{\"type\":\"record\",\"name\":\"Crate\",\"namespace\":\"old\",\"fields\":[{\"name\":\"thing\",\"type\":["
                        + "{\"type\":\"record\",\"name\":\"Right\",\"fields\":[]},"
                        + "{\"type\":\"record\",\"name\":\"dev.lexstream.registry.Left\",\"fields\":[]}]}]}";
        var value = StubRegistry.value(server.add(both), new byte[] {0});

        assertThatThrownBy(() -> new AvroDeserializer<>(registry, Box.class).deserialize("t", value))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("(old.Crate) is not readable as dev.lexstream.registry.Box");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TextEvent", "EnrichedText"})
    void givenTheSchemasOf010WhenComparedWithTheNewOnesThenEachReadsTheOther(String name) throws IOException {
        var now = published(name);

        assertThat(now.getNamespace()).isEqualTo("dev.lexstream.avro");
        assertThat(compatibility(now, old(name))).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(compatibility(old(name), now)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BACKWARD", "BACKWARD_TRANSITIVE", "FULL"})
    void givenSubjectsOf010WhenTheNewSchemasAreRegisteredThenTheyAreTheNextVersions(String level) throws Exception {
        try (var local = LocalRegistry.start();
                var connected = SchemaRegistry.connect(Map.of("schema.registry.url", local.url()))) {
            var confluent = new CachedSchemaRegistryClient(local.url(), 10, Map.of());
            confluent.updateCompatibility(null, level);
            confluent.register("texts-value", new AvroSchema(old("TextEvent").toString()));
            confluent.register(
                    "enriched-value", new AvroSchema(old("EnrichedText").toString()));

            new AvroSerializer<>(connected, TextEvent.class).prepare("texts");
            new AvroSerializer<>(connected, EnrichedText.class).prepare("enriched");

            for (var subject : new String[] {"texts-value", "enriched-value"}) {
                assertThat(confluent.getLatestSchemaMetadata(subject).getVersion())
                        .isEqualTo(2);
                assertThat(confluent.getLatestSchemaMetadata(subject).getSchema())
                        .contains("dev.lexstream.avro", "dev.lexstream.event.");
            }
        }
    }

    @Test
    void givenTheSchemaOf010AsTheLatestVersionWhenItIsToBeUsedThenRecordsAreWrittenWithIt() throws Exception {
        try (var local = LocalRegistry.start();
                var connected = SchemaRegistry.connect(
                        Map.of("schema.registry.url", local.url(), "use.latest.version", true))) {
            var id = new CachedSchemaRegistryClient(local.url(), 10, Map.of())
                    .register("t-value", new AvroSchema(old("EnrichedText").toString()));

            var value = new AvroSerializer<>(connected, EnrichedText.class).serialize("t", Records.enrichedText());

            assertThat(value).isEqualTo(StubRegistry.value(id, avro(old("EnrichedText"), Records.enrichedText())));
        }
    }

    /** A box by its old names, with an item and the same of all else. */
    private static Box box(StubRegistry.Writing item) throws IOException {
        var avro = StubRegistry.avro(e -> {
            item.write(e);
            rest(e);
        });
        return new AvroDeserializer<>(registry, Box.class)
                .deserialize("t", StubRegistry.value(server.add(OLD_BOX), avro));
    }

    private static void rest(Encoder e) throws IOException {
        e.writeLong(2);
        e.writeEnum(1);
        e.writeEnum(0);
        e.writeLong(0);
        e.writeFixed(new byte[] {1, 2});
        e.writeLong(1);
        e.writeString("k");
        e.writeString("v");
        e.writeLong(0);
    }

    private static byte[] value(Schema writer, SpecificRecordBase record) throws IOException {
        return StubRegistry.value(server.add(writer.toString()), avro(writer, record));
    }

    /** A record as another schema writes it. */
    private static byte[] avro(Schema writer, SpecificRecordBase record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
                .write(record, encoder);
        var generic = new GenericDatumReader<GenericRecord>(record.getSchema(), writer)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        return StubRegistry.avro(writer, generic);
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    private static Schema published(String name) throws IOException {
        return new Schema.Parser().parse(Path.of("schemas", name + ".avsc").toFile());
    }

    private static Schema old(String name) throws IOException {
        var resource = "/dev/lexstream/codec/" + name + "-0.1.0.avsc";
        try (var text = Objects.requireNonNull(TypeAliasesTest.class.getResourceAsStream(resource), resource)) {
            return new Schema.Parser().parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
