package dev.lexstream.codec.merged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.registry.SchemaSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * Derives, from the schema that values are written with, the one that has one more optional last field in each record at the top:
 * readers of either schema read the values of the other.
 *
 * <p>Source: <a href="https://avro.apache.org/docs/1.12.0/specification/#schema-resolution">Avro specification</a>.
 *
 * <p>Threading: may be called from any thread.
 */
final class SchemaDerivation {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String DOC = "What Lexstream found in the text of this record. Null where nobody looked.";

    private final String field;
    private final EnrichmentType enrichment;

    /**
     * With a name of the field.
     *
     * @throws IllegalArgumentException if it is no name by the rules of Avro
     */
    SchemaDerivation(String field, EnrichmentType enrichment) {
        if (!NAME.matcher(field).matches()) {
            throw new IllegalArgumentException(
                    "field '" + field + "'; allowed are letters, digits and underscores, no digit first");
        }
        this.field = field;
        this.enrichment = enrichment;
    }

    /** What becomes of a schema. */
    MergedSchema derive(SchemaSource source) {
        try {
            return derived(source);
        } catch (JsonProcessingException e) {
            return new MergedSchema.Refused("the schema is no JSON; allowed is that of an Avro record");
        } catch (IllegalArgumentException e) {
            return new MergedSchema.Refused(e.getMessage());
        }
    }

    private MergedSchema derived(SchemaSource source) throws JsonProcessingException {
        var plain = source.schema();
        var places = Types.of(plain).records();
        for (var record : places) {
            require(record);
        }
        var tree = new SchemaTree(source.text());
        var numbered = Types.of(source.withText(tree.numbered()).schema());
        if (numbered.records().stream()
                .anyMatch(record -> SchemaTree.number(record).isEmpty())) {
            return derived(source.inlined()); // a record at the top that is defined in another text
        }
        return new Change(source, Types.of(plain), numbered, tree).derived();
    }

    private void require(Schema record) {
        if (enrichment.isNamedAlike(record)) {
            throw refused(record, "is a part of an enrichment", "records of one's own");
        }
        for (var other : record.getFields()) {
            if (other.aliases().contains(field)) {
                throw refused(record, "has " + field + " as an alias of field " + other.name(), "another name");
            }
        }
        var there = record.getField(field);
        if (there == null) {
            return;
        }
        if (there.pos() != record.getFields().size() - 1
                || enrichment.within(there.schema()).isEmpty()) {
            throw refused(
                    record,
                    "has a field " + field + " that is no enrichment, or not the last field",
                    "another name, or an enrichment of Lexstream as the last field");
        }
    }

    private static IllegalArgumentException refused(Schema record, String found, String allowed) {
        return new IllegalArgumentException("record " + record.getFullName() + " " + found + "; allowed is " + allowed);
    }

    /** One derivation. */
    private final class Change {
        private final SchemaSource source;
        private final Types types;
        private final Types numbered;
        private final SchemaTree tree;
        private final Set<String> extended = new HashSet<>();
        private final Set<String> held = new HashSet<>();
        private final Map<String, Schema> known;
        private final Set<Integer> dropped = new HashSet<>();

        Change(SchemaSource source, Types types, Types numbered, SchemaTree tree) {
            this.source = source;
            this.types = types;
            this.numbered = numbered;
            this.tree = tree;
            this.known = new HashMap<>(types.named());
        }

        MergedSchema derived() {
            var isNested = types.isNested();
            var lacking = types.records().stream()
                    .filter(record -> !keeps(record, isNested))
                    .map(record -> definition(record.getFullName()))
                    .sorted(Comparator.comparingInt(SchemaTree.Definition::before)
                            .thenComparing(Comparator.comparingInt(SchemaTree.Definition::number)
                                    .reversed()))
                    .toList();
            if (lacking.isEmpty()) {
                return new MergedSchema.Derived(source, extended, held, isNested);
            }
            known.values()
                    .removeIf(type -> number(type).filter(dropped::contains).isPresent());
            var first = lacking.get(0).before();
            var placed = enrichment
                    .in(
                            known,
                            type -> number(type).map(number -> number < first).orElse(true))
                    .orElseThrow(
                            () -> new IllegalArgumentException(
                                    "the schema has other types under all names that an enrichment can have; allowed is a free one"));
            for (var i = 0; i < lacking.size(); i++) {
                add(lacking.get(i), i == 0 ? placed.first() : placed.later());
            }
            var derived = source.withText(tree.plain());
            derived.schema(); // throws, if what was taken out was named elsewhere
            return new MergedSchema.Derived(derived, extended, held, isNested);
        }

        /** Whether the record's field stays as it is; one that is to be replaced is taken out. */
        private boolean keeps(Schema record, boolean isNested) {
            var there = Optional.ofNullable(record.getField(field)).flatMap(last -> enrichment.within(last.schema()));
            if (there.isEmpty()) {
                extended.add(record.getFullName());
                return false;
            }
            held.add(record.getFullName());
            if (enrichment.isSame(there.get())) {
                return true;
            }
            if (isNested) {
                throw refused(
                        record,
                        "has an enrichment of another version of Lexstream, and can be inside another",
                        "the same version");
            }
            var fields = (ArrayNode) definition(record.getFullName()).node().get("fields");
            dropped.addAll(SchemaTree.numbers(fields.remove(fields.size() - 1)));
            return false;
        }

        private void add(SchemaTree.Definition record, JsonNode type) {
            ((ArrayNode) record.node().get("fields"))
                    .addObject()
                    .put("name", field)
                    .put("doc", DOC)
                    .<ObjectNode>set("type", type)
                    .putNull("default");
        }

        private SchemaTree.Definition definition(String record) {
            return tree.definition(
                    SchemaTree.number(numbered.named().get(record)).orElseThrow());
        }

        private Optional<Integer> number(Schema type) {
            return Optional.ofNullable(numbered.named().get(type.getFullName())).flatMap(SchemaTree::number);
        }
    }
}
