package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.config.FieldSettings;
import dev.lexstream.config.Format;
import dev.lexstream.config.InputSettings;
import dev.lexstream.event.Attribute;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.FieldPath;
import dev.lexstream.event.Headers;
import dev.lexstream.event.TextEvent;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.StubRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of anybody's own, in each format, become events by the paths of their parts. */
class FieldsDecoderTest {

    private static final FieldSettings TICKET = new FieldSettings(
            Optional.of(FieldPath.parse("meta.id")),
            texts("subject", "ticket.subject", "body", "ticket.parts[0].text"),
            Optional.of(FieldPath.parse("meta.lang")),
            Optional.of(FieldPath.parse("meta.from")),
            Optional.of(FieldPath.parse("meta.at")),
            new FieldSettings.Attributes(
                    Optional.of(FieldPath.parse("facts")),
                    Map.of(
                            "priority",
                            FieldPath.parse("ticket.priority"),
                            "urgent",
                            FieldPath.parse("ticket.urgent"))));

    @AutoClose
    private final StubRegistry server = new StubRegistry();

    @AutoClose
    private final SchemaRegistry registry = server.connect();

    FieldsDecoderTest() throws IOException {}

    private static Map<String, FieldSettings.Text> texts(String... namesAndPaths) {
        Map<String, FieldSettings.Text> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndPaths.length; i += 2) {
            texts.put(namesAndPaths[i], new FieldSettings.Text(FieldPath.parse(namesAndPaths[i + 1]), false));
        }
        return texts;
    }

    private TextEvent decode(Format format, FieldSettings fields, byte[] value) {
        Envelope envelope = new Envelope("tickets", 1000, null, Headers.NONE);
        return EventDecoder.of(new InputSettings(format, Optional.ofNullable(fields)), registry)
                .decode(new InputRecord(envelope, 3, 17, value));
    }

    private TextEvent json(FieldSettings fields, String json) {
        return decode(Format.JSON, fields, json.getBytes(StandardCharsets.UTF_8));
    }

    private TextEvent avro(FieldSettings fields, GenericData.Record record) throws IOException {
        int id = server.add(record.getSchema().toString());
        byte[] avro = StubRegistry.avro(encoder -> new GenericDatumWriter<>(record.getSchema()).write(record, encoder));
        return decode(Format.AVRO, fields, StubRegistry.value(id, avro));
    }

    private static final String JSON =
            """
            {"meta": {"id": 7, "lang": "en", "from": "mail", "at": "2026-02-25T06:13:20.5+00:00"},
             "ticket": {"subject": "Tea", "parts": [{"text": "Tea at four."}, {"text": "x"}], "priority": 2, "urgent": true},
             "facts": {"room": "lobby", "share": 0.5, "none": null, "big": 123456789012345678901234567890}}
            """;

    @Test
    void aJsonObjectBecomesAnEvent() {
        TextEvent event = json(TICKET, JSON);

        assertThat(event.id()).isEqualTo("7");
        assertThat(event.texts()).isEqualTo(Map.of("subject", "Tea", "body", "Tea at four."));
        assertThat(event.text()).isEqualTo("Tea");
        assertThat(event.language()).contains("en");
        assertThat(event.source()).contains("mail");
        assertThat(event.occurredAt()).contains(Instant.parse("2026-02-25T06:13:20.5Z"));
        assertThat(event.attributes())
                .isEqualTo(Map.of(
                        "room", Attribute.of("lobby"),
                        "share", new Attribute.Real(0.5),
                        "big", new Attribute.Real(1.2345678901234568E29),
                        "priority", new Attribute.Whole(2),
                        "urgent", new Attribute.Truth(true)));
        assertThat(event.envelope().topic()).isEqualTo("tickets");
    }

    @Test
    void anAvroRecordOfAnyShapeBecomesTheSameEvent() throws IOException {
        Schema schema = new Schema.Parser()
                .parse(
                        """
                        {"type": "record", "name": "T", "namespace": "n", "fields": [
                          {"name": "before", "type": {"type": "array", "items": "double"}},
                          {"name": "meta", "type": {"type": "record", "name": "M", "fields": [
                            {"name": "id", "type": "long"},
                            {"name": "lang", "type": {"type": "enum", "name": "L", "symbols": ["de", "en"]}},
                            {"name": "from", "type": ["null", "bytes", "string"]},
                            {"name": "at", "type": [{"type": "long", "logicalType": "timestamp-micros"}, "null"]}]}},
                          {"name": "ticket", "type": ["null", {"type": "record", "name": "K", "fields": [
                            {"name": "subject", "type": ["null", "string"]},
                            {"name": "parts", "type": {"type": "array", "items": {"type": "map", "values": "string"}}},
                            {"name": "priority", "type": "int"},
                            {"name": "urgent", "type": "boolean"}]}]},
                          {"name": "facts", "type": {"type": "map", "values": ["string", "double", "null"]}}]}
                        """);
        GenericData.Record meta = new GenericRecordBuilder(
                        schema.getField("meta").schema())
                .set("id", 7L)
                .set(
                        "lang",
                        new GenericData.EnumSymbol(
                                schema.getField("meta")
                                        .schema()
                                        .getField("lang")
                                        .schema(),
                                "en"))
                .set("from", ByteBuffer.wrap("mail".getBytes(StandardCharsets.UTF_8)))
                .set("at", 1_772_000_000_500_000L)
                .build();
        GenericData.Record ticket = new GenericRecordBuilder(
                        schema.getField("ticket").schema().getTypes().get(1))
                .set("subject", "Tea")
                .set("parts", List.of(Map.of("text", "Tea at four.")))
                .set("priority", 2)
                .set("urgent", true)
                .build();
        GenericData.Record record = new GenericRecordBuilder(schema)
                .set("before", List.of(1.0))
                .set("meta", meta)
                .set("ticket", ticket)
                .set("facts", Map.of("room", "lobby", "share", 0.5, "big", 1.2345678901234568E29))
                .build();

        assertThat(avro(TICKET, record)).isEqualTo(json(TICKET, JSON));
        record.put("ticket", null);
        assertThatThrownBy(() -> avro(TICKET, record))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("ticket.subject is missing; ticket.parts[0].text is missing; allowed is a text there with a"
                        + " visible code point");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"ticket": {"subject": null, "parts": []}}                     | ticket.subject is null; ticket.parts[0].text is missing; allowed is a text there with a visible code point
            {"ticket": {"subject": "", "parts": [{"text": "\\u200b\\u200b"}]}} | ticket.subject is empty; ticket.parts[0].text is 2 code points, none of them visible; allowed is a text there with a visible code point
            {"ticket": {"subject": 5}}                                     | field ticket.subject is of type number; allowed is a text
            {"ticket": {"subject": {"a": 1}}}                              | field ticket.subject is of type object; allowed is a text
            {"ticket": {"subject": "a"}, "meta": {"id": 1.5}}              | field meta.id is of type number; allowed is a text or a whole number
            {"ticket": {"subject": "a"}, "meta": {"id": ""}}               | id is empty; allowed are a non-empty id, a text with a visible code point and well-formed Unicode
            {"ticket": {"subject": "a"}, "meta": {"at": "noon"}}           | field meta.at is of type string; allowed is a time such as 2026-02-25T06:13:20Z, or a number of milliseconds since the epoch
            {"ticket": {"subject": "a"}, "meta": {"lang": 7}}              | field meta.lang is of type number; allowed is a text
            {"ticket": {"subject": "a", "priority": []}}                   | field ticket.priority is of type array; allowed is a text, a number, true or false
            {"ticket": {"subject": "\\ud83d"}}                             | subject has a lone surrogate; allowed are a non-empty id, a text with a visible code point and well-formed Unicode
            """)
    void whatIsOfNoUseNamesItsPathAndWhatWasFound(String json, String message) {
        assertThatThrownBy(() -> json(TICKET, json))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage(message);
    }

    @Test
    void oneTextIsEnoughUnlessAnotherIsRequired() {
        String json = "{\"ticket\": {\"parts\": [{\"text\": \"Tea.\"}]}}";
        assertThat(json(TICKET, json).texts()).isEqualTo(Map.of("body", "Tea."));

        FieldSettings strict = new FieldSettings(
                Optional.empty(),
                Map.of("subject", new FieldSettings.Text(FieldPath.parse("ticket.subject"), true)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FieldSettings.Attributes.NONE);
        assertThatThrownBy(() -> json(strict, json))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("ticket.subject is missing; text subject is required");
    }

    @Test
    void aListIsATextForEachElementWithSomethingVisible() {
        FieldSettings fields = new FieldSettings(
                Optional.empty(),
                texts("tags", "tags", "said", "messages[*].text"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FieldSettings.Attributes.NONE);

        TextEvent event = json(
                fields,
                "{\"tags\": [\"a\", null, \"\", \"b\"], \"messages\": [{\"text\": \"c\"}, {}, {\"text\": \"d\"}]}");

        assertThat(event.texts())
                .containsExactly(
                        Map.entry("tags[0]", "a"),
                        Map.entry("tags[3]", "b"),
                        Map.entry("said[0]", "c"),
                        Map.entry("said[1]", "d"));
        assertThat(event.id()).isEqualTo("tickets-3-17");
    }

    @Test
    void withoutPathsJsonHasTheNamesOfTextEvents() {
        TextEvent event = json(
                null,
                "{\"text\": \"Tea.\", \"language\": \"en\", \"source\": \"s\", \"occurredAt\": 500, \"attributes\": {\"a\": 1}}");

        assertThat(event.id()).isEqualTo("tickets-3-17");
        assertThat(event.text()).isEqualTo("Tea.");
        assertThat(event.occurredAt()).contains(Instant.ofEpochMilli(500));
        assertThat(event.attributes()).isEqualTo(Map.of("a", new Attribute.Whole(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"text\"",
                "{\"text\": \"a\"} x",
                "{\"text\": NaN}",
                "{\"text\": \"a\",}",
                "{'text': 'a'}",
                "{\"text\"",
                "{\"text\": \"a\nb\"}"
            })
    void whatIsNoJsonObjectIsADataErrorThatQuotesNothing(String json) {
        assertThatThrownBy(() -> json(null, json))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageStartingWith("value is ")
                .hasMessageContaining("; allowed is one JSON object");
    }

    @Test
    void aByteOrderMarkTheRegistrysFramingAndDuplicatesAreTaken() {
        assertThat(json(null, "\uFEFF{\"text\": \"a\"}").text()).isEqualTo("a");
        assertThat(json(null, "{\"text\": \"a\", \"text\": \"b\"}").text()).isEqualTo("b");
        byte[] plain = "{\"text\": \"a\"}".getBytes(StandardCharsets.UTF_8);
        byte[] framed = new byte[plain.length + 5];
        framed[4] = 42;
        System.arraycopy(plain, 0, framed, 5, plain.length);
        assertThat(decode(Format.JSON, null, framed).text()).isEqualTo("a");
    }

    @Test
    void deepLargeAndForeignEncodingsAreDataErrorsOrEvents() {
        assertThatThrownBy(() -> json(null, "{\"a\":".repeat(10_000)))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageStartingWith("value is JSON nested more than 256 deep");
        assertThat(json(null, "{\"text\": \"" + "a".repeat(10 << 20) + "\"}").text())
                .hasSize(10 << 20);
        assertThatThrownBy(() -> json(null, "{\"text\": " + "9".repeat(10 << 20) + "}"))
                .isInstanceOf(UndecodableEventException.class);
        byte[] utf16 = "{\"text\": \"a\"}".getBytes(StandardCharsets.UTF_16);
        assertThatThrownBy(() -> decode(Format.JSON, null, utf16))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("value is not valid UTF-8 at byte 0; allowed is JSON in UTF-8");
    }

    @Test
    void aPlainTextIsTheWholeValue() {
        TextEvent event = decode(Format.TEXT, null, "茶をください。\n".getBytes(StandardCharsets.UTF_8));

        assertThat(event.text()).isEqualTo("茶をください。\n");
        assertThat(event.id()).isEqualTo("tickets-3-17");
        assertThatThrownBy(() -> decode(Format.TEXT, null, new byte[] {'c', 'a', 'f', (byte) 0xe9}))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("value is not valid UTF-8 at byte 3; allowed is text in UTF-8");
        assertThatThrownBy(() -> decode(Format.TEXT, null, new byte[0]))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageStartingWith("text is empty");
    }

    @Test
    void aUnionAtTheTopAndNumbersOfAllKindsAreRead() throws IOException {
        Schema schema = SchemaBuilder.record("R")
                .fields()
                .name("text")
                .type("string")
                .noDefault()
                .name("price")
                .type(org.apache.avro.LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES)))
                .noDefault()
                .name("day")
                .type(org.apache.avro.LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))
                .noDefault()
                .endRecord();
        FieldSettings fields = new FieldSettings(
                Optional.empty(),
                texts("text", "text"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(FieldPath.of("day")),
                new FieldSettings.Attributes(Optional.empty(), Map.of("price", FieldPath.of("price"))));
        GenericData.Record record = new GenericRecordBuilder(schema)
                .set("text", "Tea.")
                .set("price", ByteBuffer.wrap(new byte[] {0x04, (byte) 0xd2}))
                .set("day", 20509)
                .build();
        Schema union = Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
        int id = server.add(union.toString());
        byte[] avro = StubRegistry.avro(encoder -> new GenericDatumWriter<>(union).write(record, encoder));

        TextEvent event = decode(Format.AVRO, fields, StubRegistry.value(id, avro));

        assertThat(event.attributes()).isEqualTo(Map.of("price", new Attribute.Real(12.34)));
        assertThat(event.occurredAt()).contains(Instant.parse("2026-02-25T00:00:00Z"));
        byte[] none = StubRegistry.value(id, StubRegistry.avro(encoder -> encoder.writeIndex(0)));
        assertThatThrownBy(() -> decode(Format.AVRO, fields, none)).isInstanceOf(UndecodableEventException.class);
    }
}
