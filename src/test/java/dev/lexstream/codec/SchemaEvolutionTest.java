package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas can gain and lose any optional field: readers and writers of both versions understand each other. */
class SchemaEvolutionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, SpecificRecordBase> RECORDS =
            Map.of("TextEvent", Records.textEvent(), "EnrichedText", Records.enrichedText());
    private static final Set<String> REQUIRED =
            Set.of("TextEvent.id", "TextEvent.text", "EnrichedText.id", "EnrichedText.text");

    /**
     * @param field the optional field, as record.field
     * @param full the schema as published
     * @param less the schema without the field
     */
    record Case(String field, Schema full, Schema less) {
        @Override
        public String toString() {
            return full.getName() + " without " + field;
        }
    }

    static List<Case> optionalFields() throws IOException {
        var cases = new ArrayList<Case>();
        for (var name : RECORDS.keySet()) {
            var published = published(name);
            for (var record : records(published)) {
                for (var field : record.get("fields")) {
                    var optional = nameOf(record, field);
                    if (!REQUIRED.contains(optional)) {
                        cases.add(new Case(optional, parse(published), parse(without(published, optional))));
                    }
                }
            }
        }
        return cases;
    }

    @Test
    void givenThePublishedSchemasWhenListedThenEachFieldHasADocAndAllButIdsAndTextsADefault() throws IOException {
        var withoutDoc = new ArrayList<String>();
        var withoutDefault = new ArrayList<String>();

        for (var schema : RECORDS.keySet()) {
            for (var record : records(published(schema))) {
                for (var field : record.get("fields")) {
                    if (field.path("doc").asText().isBlank()) {
                        withoutDoc.add(nameOf(record, field));
                    }
                    if (!field.has("default")) {
                        withoutDefault.add(nameOf(record, field));
                    }
                }
            }
        }

        assertThat(withoutDoc).isEmpty();
        assertThat(withoutDefault).containsExactlyInAnyOrderElementsOf(REQUIRED);
    }

    @ParameterizedTest
    @MethodSource("optionalFields")
    void givenAnOptionalFieldWhenOneSideLacksItThenTheSchemasAreCompatibleBothWays(Case c) {
        var backward = SchemaCompatibility.checkReaderWriterCompatibility(c.full(), c.less());
        var forward = SchemaCompatibility.checkReaderWriterCompatibility(c.less(), c.full());

        assertThat(backward.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(forward.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("optionalFields")
    void givenARecordWhenReadByASideThatLacksAFieldThenThatFieldAloneIsGone(Case c) throws IOException {
        var full = read(write(RECORDS.get(c.full().getName())), c.full(), c.full());
        var less = read(write(RECORDS.get(c.full().getName())), c.full(), c.less());

        var back = read(write(less), c.less(), c.full());

        assertThat(JSON.readTree(less.toString())).isEqualTo(erase(JSON.readTree(full.toString()), c, false));
        assertThat(JSON.readTree(back.toString())).isEqualTo(erase(JSON.readTree(full.toString()), c, true));
    }

    @ParameterizedTest
    @CsvSource({"LanguageOrigin, DETECTED", "StageStatus, TRUNCATED"})
    void givenASymbolTheReaderDoesNotKnowWhenReadThenItIsUnknown(String enumeration, String symbol) throws IOException {
        var published = parse(published("EnrichedText"));
        var older = parse(JSON.readTree(published("EnrichedText").toString().replace("\"" + symbol + "\",", "")));

        var read = read(write(RECORDS.get("EnrichedText")), published, older);

        assertThat(RECORDS.get("EnrichedText").toString()).contains("\"" + symbol + "\"");
        assertThat(older.toString()).contains(enumeration).isNotEqualTo(published.toString());
        assertThat(read.toString()).doesNotContain("\"" + symbol + "\"").contains("\"UNKNOWN\"");
    }

    @Test
    void givenALanguageByDefaultWhenReadByASideBeforeItThenItsOriginIsUnknown() throws IOException {
        var published = parse(published("EnrichedText"));
        var older = parse(JSON.readTree(published("EnrichedText").toString().replace(",\"DEFAULT\"", "")));
        var record = EnrichedText.newBuilder(Records.enrichedText())
                .setLanguage(new Language("en", LanguageOrigin.DEFAULT, null))
                .build();

        var read = read(write(record), published, older);

        assertThat(older).isNotEqualTo(published);
        assertThat(read.get("language").toString()).contains("\"en\"", "\"UNKNOWN\"");
        for (var pair : List.of(List.of(older, published), List.of(published, older))) {
            assertThat(SchemaCompatibility.checkReaderWriterCompatibility(pair.get(0), pair.get(1))
                            .getType())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    private static JsonNode published(String name) throws IOException {
        return JSON.readTree(Path.of("schemas", name + ".avsc").toFile());
    }

    private static Schema parse(JsonNode schema) {
        return new Schema.Parser().parse(schema.toString());
    }

    private static String nameOf(JsonNode record, JsonNode field) {
        return record.get("name").asText() + "." + field.get("name").asText();
    }

    /** The schema and the records nested in it, at any depth. */
    private static List<JsonNode> records(JsonNode node) {
        var records = new ArrayList<JsonNode>();
        if (node.path("type").asText().equals("record")) {
            records.add(node);
        }
        node.forEach(child -> records.addAll(records(child)));
        return records;
    }

    private static JsonNode without(JsonNode schema, String field) {
        var less = schema.deepCopy();
        for (var record : records(less)) {
            var fields = (ArrayNode) record.get("fields");
            for (var i = fields.size() - 1; i >= 0; i--) {
                if (nameOf(record, fields.get(i)).equals(field)) {
                    fields.remove(i);
                }
            }
        }
        // the default of a record names its fields, which must then be there
        for (var record : records(less)) {
            for (var holder : record.get("fields")) {
                if (holder.path("default") instanceof ObjectNode value
                        && field.startsWith(holder.path("type").path("name").asText("-") + ".")) {
                    value.remove(field.substring(field.indexOf('.') + 1));
                }
            }
        }
        return less;
    }

    /** A record's JSON with the case's field removed, or set to its default, wherever its record type occurs. */
    private static JsonNode erase(JsonNode record, Case c, boolean toDefault) throws IOException {
        var name = c.field().substring(c.field().indexOf('.') + 1);
        var schema = records(published(c.full().getName())).stream()
                .filter(r -> c.field().startsWith(r.get("name").asText() + "."))
                .findFirst()
                .orElseThrow();
        var names = new ArrayList<String>();
        JsonNode defaultValue = null;
        for (var field : schema.get("fields")) {
            names.add(field.get("name").asText());
            defaultValue = field.get("name").asText().equals(name) ? field.get("default") : defaultValue;
        }
        erase(record, Set.copyOf(names), name, toDefault ? defaultValue : null);
        return record;
    }

    private static void erase(JsonNode node, Set<String> names, String name, JsonNode replacement) {
        node.forEach(child -> erase(child, names, name, replacement));
        if (node instanceof ObjectNode object) {
            var own = new ArrayList<String>();
            object.fieldNames().forEachRemaining(own::add);
            if (Set.copyOf(own).equals(names)) {
                if (replacement == null) {
                    object.remove(name);
                } else {
                    object.set(name, replacement);
                }
            }
        }
    }

    private static byte[] write(GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        var writer = record instanceof SpecificRecordBase
                ? new SpecificDatumWriter<GenericRecord>(
                        record.getSchema(), SpecificData.getForClass(record.getClass()))
                : new GenericDatumWriter<GenericRecord>(record.getSchema());
        writer.write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static GenericRecord read(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
