package dev.lexstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.TextEvent;
import dev.lexstream.codec.Records;
import dev.lexstream.local.LocalRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values written here are read here and by anyone else who knows the wire format, whatever version of the schema they have. */
class AvroSerdeTest {
    private LocalRegistry server;
    private CachedSchemaRegistryClient confluent;

    @BeforeEach
    void start() {
        server = LocalRegistry.start();
        confluent = new CachedSchemaRegistryClient(server.url(), 10, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenARecordWhenSerializedThenItIsMagicByteAndIdAndAvroOfTheRegisteredSchema() throws Exception {
        var bytes = serializer(Map.of()).serialize("texts", Records.textEvent());

        var buffer = ByteBuffer.wrap(bytes);
        assertThat(buffer.get()).isZero();
        var id = buffer.getInt();
        var schema = confluent.getLatestSchemaMetadata("texts-value");
        assertThat(schema.getId()).isEqualTo(id);
        assertThat(schema.getSchema()).doesNotContain("avro.java.string");
        var read = new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema.getSchema()))
                .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
        assertThat(read.get("text")).hasToString(Records.textEvent().getText());
    }

    @Test
    void givenAutoRegisterIsOffWhenTheSchemaIsNotThereThenTheErrorSaysHowToRegisterIt() {
        var serializer = serializer(Map.of("auto.register.schemas", false));

        assertThatThrownBy(() -> serializer.serialize("texts", Records.textEvent()))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessage("the schema of dev.lexstream.avro.TextEvent for subject texts-value is not registered;"
                        + " register it or set auto.register.schemas to true");
    }

    @Test
    void givenAutoRegisterIsOffWhenTheSchemaIsThereThenItsIdIsUsed() throws Exception {
        serializer(Map.of()).serialize("other", Records.textEvent());
        var id = confluent.getLatestSchemaMetadata("other-value").getId();

        var bytes = serializer(Map.of("auto.register.schemas", "false")).serialize("other", Records.textEvent());

        assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
    }

    @Test
    void givenALaterVersionWhenUseLatestVersionIsOnThenRecordsAreWrittenWithIt() throws Exception {
        // another field first, one of ours last, one missing: positions would give nonsense
        var later =
                """
                {"type":"record","name":"TextEvent","namespace":"dev.lexstream.avro","fields":[
                {"name":"lang2","type":"string","default":"x"},
                {"name":"text","type":"string"},
                {"name":"id","type":"string"}]}""";
        var id = confluent.register("texts-value", new AvroSchema(later));

        var bytes = serializer(Map.of("use.latest.version", true)).serialize("texts", Records.textEvent());

        assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
        var read = deserializer().deserialize("texts", bytes);
        assertThat(read.getId()).isEqualTo(Records.textEvent().getId());
        assertThat(read.getText()).isEqualTo(Records.textEvent().getText());
        assertThat(read.getLanguage()).isNull();
    }

    @Test
    void givenALatestVersionThatCannotHoldOurRecordsWhenSerializedThenTheErrorSaysWhy() throws Exception {
        var other =
                """
                {"type":"record","name":"TextEvent","namespace":"dev.lexstream.avro","fields":[
                {"name":"id","type":"long"},{"name":"must","type":"string"}]}""";
        confluent.register("texts-value", new AvroSchema(other));
        var serializer = serializer(Map.of("use.latest.version", true));

        assertThatThrownBy(() -> serializer.serialize("texts", Records.textEvent()))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContainingAll("version 1 of subject texts-value", "must", "type_mismatch");
    }

    @Test
    void givenNoVersionWhenUseLatestVersionIsOnThenTheErrorNamesTheSubject() {
        var serializer = serializer(Map.of("use.latest.version", true));

        assertThatThrownBy(() -> serializer.serialize("texts", Records.textEvent()))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("subject texts-value has no version");
    }

    @Test
    void givenASubjectWithAnotherSchemaWhenSerializedThenTheRefusalIsNoDataError() throws Exception {
        confluent.register("texts-value", new AvroSchema("\"int\""));
        var serializer = serializer(Map.of());

        assertThatThrownBy(() -> serializer.serialize("texts", Records.textEvent()))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContainingAll("refuses", "texts-value");
    }

    @Test
    void givenARecordOfAnotherTypeWhenDeserializedThenTheErrorNamesBothTypes() {
        var registry = connect(Map.of());
        var bytes = new AvroSerializer<>(registry, EnrichedText.class).serialize("t", Records.enrichedText());

        assertThatThrownBy(() -> deserializer().deserialize("t", bytes))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContainingAll("(dev.lexstream.avro.EnrichedText)", "as dev.lexstream.avro.TextEvent")
                .message()
                .doesNotContain(Records.enrichedText().getText());
    }

    @Test
    void givenNullWhenSerializedOrDeserializedThenItIsNull() {
        assertThat(serializer(Map.of()).serialize("t", null)).isNull();
        assertThat(deserializer().deserialize("t", null)).isNull();
    }

    @Test
    void givenManyThreadsWhenTheyShareOneSerializerAndDeserializerThenEachGetsItsOwnRecords() throws Exception {
        var registry = connect(Map.of());
        var serializer = new AvroSerializer<>(registry, TextEvent.class);
        var deserializer = new AvroDeserializer<>(registry, TextEvent.class);
        Callable<List<String>> work = () -> IntStream.range(0, 500)
                .mapToObj(i -> TextEvent.newBuilder(Records.textEvent())
                        .setText(Thread.currentThread().getName() + " " + i)
                        .build())
                .filter(e -> !deserializer
                        .deserialize("t", serializer.serialize("t", e))
                        .equals(e))
                .map(TextEvent::getText)
                .toList();
        var pool = Executors.newFixedThreadPool(4);

        var wrong = new ArrayList<String>();
        for (var result : pool.invokeAll(List.of(work, work, work, work))) {
            wrong.addAll(result.get());
        }

        pool.shutdown();
        assertThat(wrong).isEmpty();
        assertThat(confluent.getAllVersions("t-value")).containsExactly(1);
    }

    private AvroSerializer<TextEvent> serializer(Map<String, ?> settings) {
        return new AvroSerializer<>(connect(settings), TextEvent.class);
    }

    private AvroDeserializer<TextEvent> deserializer() {
        return new AvroDeserializer<>(connect(Map.of()), TextEvent.class);
    }

    private SchemaRegistry connect(Map<String, ?> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put("schema.registry.url", server.url());
        return SchemaRegistry.connect(all);
    }
}
