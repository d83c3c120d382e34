package dev.lexstream.codec.merged;

import static dev.lexstream.codec.merged.Writers.field;
import static dev.lexstream.codec.merged.Writers.json;
import static dev.lexstream.codec.merged.Writers.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Enrichment;
import dev.lexstream.registry.LastField;
import dev.lexstream.registry.SchemaSource;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a writer's schema the one of merged values, or why there is none. */
class SchemaDerivationTest {
    private final SchemaDerivation derivation =
            new SchemaDerivation("enrichment", new EnrichmentType(new LastField<>(Enrichment.class)));

    private MergedSchema.Derived derived(SchemaSource source) {
        var merged = derivation.derive(source);
        assertThat(merged).isInstanceOf(MergedSchema.Derived.class);
        return (MergedSchema.Derived) merged;
    }

    private MergedSchema.Derived derived(String text) {
        return derived(SchemaSource.alone(text));
    }

    private static Schema enrichment(Schema record) {
        return record.getField("enrichment").schema().getTypes().get(1);
    }

    @Test
    void aRecordHasOneMoreOptionalFieldThatIsTheLast() {
        var merged = derived(json(record("shop.T", field("text", "'string'"))));

        var fields = merged.source().schema().getFields();
        assertThat(fields).extracting(Schema.Field::name).containsExactly("text", "enrichment");
        assertThat(fields.get(1).hasDefaultValue()).isTrue();
        assertThat(fields.get(1).schema().isNullable()).isTrue();
        assertThat(merged.extended()).containsExactly("shop.T");
        assertThat(merged.held()).isEmpty();
        assertThat(merged.isNested()).isFalse();
    }

    @Test
    void theTextsOwnPartsStayAsTheyAreWithNumbersOfAnySize() {
        var properties = "'p':9007199254740993,'q':0.100,'r':1E+400,'s':{'name':'n','type':'record','fields':[]}";
        var text = json("{'type':'record','name':'T'," + properties + ",'fields':[" + field("a", "'int'") + "]}");

        assertThat(derived(text).source().text()).startsWith(text.substring(0, text.length() - 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'string'",
                "{'type':'array','items':'int'}",
                "{'type':'map','values':'int'}",
                "{'type':'enum','name':'E','symbols':['A']}",
                "['null']",
                "['null','string']",
                "[{'type':'record','name':'R','fields':[]},'int']"
            })
    void whatIsNoRecordHasNoPlaceForAField(String text) {
        assertThat(derivation.derive(SchemaSource.alone(json(text))))
                .asString()
                .contains("allowed is a record, or a union of records and null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'enrichment','type':'string'} | that is no enrichment, or not the last field",
                "{'name':'enrichment','type':'string'},{'name':'b','type':'int'} | that is no enrichment, or not the last field",
                "{'name':'b','type':'int','aliases':['enrichment']} | has enrichment as an alias of field b"
            })
    void aFieldOrAnAliasOfTheNameThatIsNotOursIsRefused(String fields, String message) {
        var text = json("{'type':'record','name':'shop.T','fields':[" + fields.replace('"', '\'') + "]}");
        assertThat(derivation.derive(SchemaSource.alone(text)))
                .asString()
                .contains("record shop.T", message, "allowed is");
    }

    @Test
    void anEnrichmentThatIsNotTheLastFieldIsRefused() {
        var text = derived(json(record("T", ""))).source().text();
        var behind = text.substring(0, text.length() - 2) + json("," + field("b", "'int'")) + "]}";

        assertThat(derivation.derive(SchemaSource.alone(behind))).asString().contains("not the last field");
    }

    @Test
    void aRecordThatIsPartOfAnEnrichmentIsRefused() {
        var annotation = new LastField<>(Enrichment.class)
                .schema()
                .getField("annotations")
                .schema()
                .getElementType();

        assertThat(derivation.derive(SchemaSource.alone(annotation.toString())))
                .asString()
                .contains("is a part of an enrichment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "nothing",
                "{'type':'record','name':'T'}",
                "{'type':'record','name':'T','fields':7}",
                "'shop.Away'"
            })
    void whatIsNoSchemaIsRefused(String text) {
        assertThat(derivation.derive(SchemaSource.alone(json(text)))).isInstanceOf(MergedSchema.Refused.class);
    }

    @Test
    void aSchemaThatHasTheFieldAlreadyStaysAsItIs() {
        var once = derived(json(record("T", field("a", "'int'"))));

        var twice = derived(once.source());

        assertThat(twice.source()).isEqualTo(once.source());
        assertThat(twice.held()).containsExactly("T");
        assertThat(twice.extended()).isEmpty();
    }

    @Test
    void anEnrichmentOfAnEarlierVersionIsReplacedByThisOne() {
        var ours = derived(json(record("T", field("a", "'int'")))).source();
        var earlier = json(record(
                "T",
                field("a", "'int'") + ",{'name':'enrichment','default':null,'type':['null',"
                        + "{'type':'record','name':'Enrichment','namespace':'dev.lexstream.avro','fields':["
                        + "{'name':'enrichedAt','type':['null','long'],'default':null}]}]}"));

        var merged = derived(earlier);

        assertThat(merged.source().schema()).isEqualTo(ours.schema());
        assertThat(merged.held()).containsExactly("T");
    }

    @Test
    void typesThatAreTheSameAreNamedAndNotDefinedAgain() {
        var merged = derived(EnrichedText.getClassSchema().toString());

        var schema = merged.source().schema();
        assertThat(enrichment(schema).getField("language").schema())
                .isSameAs(schema.getField("language").schema());
        assertThat(enrichment(schema).getNamespace()).isEqualTo("dev.lexstream.avro");
        assertThat(merged.source().text().split("\"name\":\"TokenTag\"", -1)).hasSize(2);
    }

    @Test
    void typesThatAreOthersLeaveTheirNamesToTheWriter() {
        var theirs = "{'type':'record','name':'dev.lexstream.avro.%s','fields':[]}";
        var first = derived(json(record("T", field("a", theirs.formatted("TokenTag")))));
        var second = derived(json(record(
                "T",
                field("a", theirs.formatted("TokenTag")) + "," + field("b", theirs.formatted("merged.StageStatus")))));

        assertThat(enrichment(first.source().schema()).getFullName()).isEqualTo("dev.lexstream.avro.merged.Enrichment");
        assertThat(enrichment(second.source().schema()).getFullName())
                .isEqualTo("dev.lexstream.avro.merged2.Enrichment");
        assertThat(derived(second.source()).held()).containsExactly("T");
    }

    @Test
    void aRecordThatCanBeInsideItselfIsSaidToBe() {
        assertThat(derived(json(record("Node", field("next", "['null','Node']"))))
                        .isNested())
                .isTrue();
        assertThat(derived(json("[" + record("A", "") + "," + record("B", field("a", "'A'")) + "]"))
                        .isNested())
                .isTrue();
        assertThat(derived(json("[" + record("A", "") + "," + record("B", "") + ",'null']"))
                        .isNested())
                .isFalse();
        assertThat(derived(json(record("T", field("n", record("Node", field("next", "['null','Node']"))))))
                        .isNested())
                .isFalse();
    }

    @Test
    void referencesStayReferences() {
        var source = new SchemaSource(
                json(record("shop.Order", field("to", "'shop.Address'"))),
                List.of(new SchemaSource.Reference("shop.Address", "addresses-value", 3)),
                Map.of("shop.Address", json(record("shop.Address", field("zip", "'int'")))));

        var merged = derived(source).source();

        assertThat(merged.references()).isEqualTo(source.references());
        assertThat(merged.text()).contains("\"shop.Address\"").doesNotContain("zip");
        assertThat(merged.schema().getField("enrichment")).isNotNull();
    }

    @Test
    void aRecordThatIsAReferenceIsTakenIn() {
        var source = new SchemaSource(
                "\"shop.Address\"",
                List.of(new SchemaSource.Reference("shop.Address", "addresses-value", 3)),
                Map.of("shop.Address", json(record("shop.Address", field("zip", "'int'")))));

        var merged = derived(source).source();

        assertThat(merged.references()).isEmpty();
        assertThat(merged.schema().getFields()).extracting(Schema.Field::name).containsExactly("zip", "enrichment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a-b", "a b", "straße"})
    void aNameThatAvroDoesNotAllowIsNoNameOfTheField(String name) {
        assertThatThrownBy(() -> new SchemaDerivation(name, new EnrichmentType(new LastField<>(Enrichment.class))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed are letters, digits and underscores");
    }
}
