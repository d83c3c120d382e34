package dev.lexstream.codec.merged;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.registry.SchemaSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Schemas that values may have been written with, of every kind that Avro knows. */
final class Writers {
    private Writers() {}

    /**
     * One of them.
     *
     * @param name what is special about it
     * @param text with single quotes for double ones, unless it has any
     * @param referenced schemas of other subjects that the text names, by subject, which is the name too
     */
    record Writer(String name, String text, Map<String, String> referenced) {
        Writer(String name, String text) {
            this(name, text, Map.of());
        }

        SchemaSource source() {
            return new SchemaSource(
                    text.contains("\"") ? text : json(text),
                    referenced.keySet().stream()
                            .map(subject -> new SchemaSource.Reference(subject, subject, 1))
                            .toList(),
                    referenced);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }

    static String record(String name, String fields) {
        return "{'type':'record','name':'" + name + "','fields':[" + fields + "]}";
    }

    static String field(String name, String type) {
        return "{'name':'" + name + "','type':" + type + "}";
    }

    static Stream<Writer> all() {
        var address = json(record("shop.Address", field("street", "'string'") + "," + field("zip", "'int'")));
        var kind = json("{'type':'enum','name':'shop.Kind','symbols':['A','B'],'default':'B'}");
        var language =
                "{'type':'record','name':'Language','namespace':'dev.lexstream.avro','fields':[{'name':'of','type':'int'}]}";
        return Stream.of(
                new Writer("one text", record("T", field("text", "'string'"))),
                new Writer("no fields", record("Empty", "")),
                new Writer(
                        "all primitives",
                        record(
                                "P",
                                Stream.of("null", "boolean", "int", "long", "float", "double", "bytes", "string")
                                        .map(type -> field("a_" + type, "'" + type + "'"))
                                        .reduce((a, b) -> a + "," + b)
                                        .orElseThrow())),
                new Writer(
                        "all logical types",
                        record(
                                "L",
                                Stream.of(
                                                "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}",
                                                "{'type':'fixed','name':'D','size':8,'logicalType':'decimal','precision':9}",
                                                "{'type':'string','logicalType':'uuid'}",
                                                "{'type':'int','logicalType':'date'}",
                                                "{'type':'int','logicalType':'time-millis'}",
                                                "{'type':'long','logicalType':'time-micros'}",
                                                "{'type':'long','logicalType':'timestamp-millis'}",
                                                "{'type':'long','logicalType':'timestamp-micros'}",
                                                "{'type':'long','logicalType':'timestamp-nanos'}",
                                                "{'type':'long','logicalType':'local-timestamp-millis'}",
                                                "{'type':'long','logicalType':'local-timestamp-micros'}",
                                                "{'type':'fixed','name':'U','size':12,'logicalType':'duration'}",
                                                "{'type':'int','logicalType':'of-nobody'}")
                                        .reduce(
                                                "",
                                                (all, type) -> all
                                                        + (all.isEmpty() ? "" : ",")
                                                        + field("f" + all.length(), type)))),
                new Writer(
                        "arrays of arrays",
                        record("A", field("a", "{'type':'array','items':{'type':'array','items':'int'}}"))),
                new Writer(
                        "maps of maps",
                        record("M", field("m", "{'type':'map','values':{'type':'map','values':'string'}}"))),
                new Writer(
                        "unions", record("U", field("u", "['null','int','string',{'type':'array','items':'long'}]"))),
                new Writer("fixed", record("F", field("f", "{'type':'fixed','name':'x.Sixteen','size':16}"))),
                new Writer(
                        "an enum with a default",
                        record("E", field("e", "{'type':'enum','name':'K','symbols':['A','B'],'default':'A'}"))),
                new Writer(
                        "namespaces within each other",
                        "{'type':'record','name':'N','namespace':'a.b','fields':["
                                + field(
                                        "x",
                                        "{'type':'record','name':'N','namespace':'a.c','fields':["
                                                + field(
                                                        "y",
                                                        "{'type':'record','name':'a.d.N','fields':["
                                                                + field("z", "['null','a.b.Q']")
                                                                        .replace("'a.b.Q'", "'int'")
                                                                + "]}")
                                                + "]}")
                                + "," + field("w", "['null','a.d.N']") + "]}"),
                new Writer(
                        "no namespace within a namespace",
                        "{'type':'record','name':'O','namespace':'a.b','fields':["
                                + field(
                                        "x",
                                        "{'type':'record','name':'I','namespace':'','fields':[" + field("y", "'string'")
                                                + "]}")
                                + "]}"),
                new Writer(
                        "aliases of types and fields",
                        "{'type':'record','name':'shop.New','aliases':['shop.Old','Older'],'fields':["
                                + "{'name':'a','aliases':['b','c'],'type':'int'},"
                                + "{'name':'d','type':{'type':'enum','name':'shop.E','aliases':['F'],'symbols':['X']}}]}"),
                new Writer(
                        "defaults of all kinds",
                        record(
                                "Df",
                                "{'name':'a','type':'int','default':7},"
                                        + "{'name':'b','type':['null','string'],'default':null},"
                                        + "{'name':'c','type':{'type':'map','values':'int'},'default':{'k':1}},"
                                        + "{'name':'d','type':'bytes','default':'\\u00ff'},"
                                        + "{'name':'e','type':" + record("In", "{'name':'i','type':'int','default':1}")
                                        + ",'default':{}}")),
                new Writer("a default that is none", record("Bad", "{'name':'a','type':'int','default':'seven'}")),
                new Writer("letters of other alphabets", record("Größe", field("straße", "'string'"))),
                new Writer("names with hyphens", record("my-record", field("order-id", "'int'"))),
                new Writer(
                        "properties and docs",
                        "{'type':'record','name':'Pr','doc':'d','x':{'type':'record','fields':[]},'y':[1,2.50,1e3],'fields':["
                                + "{'name':'a','doc':'e','order':'ignore','type':{'type':'string','avro.java.string':'String'}}]}"),
                new Writer("an error", "{'type':'error','name':'Err','fields':[" + field("a", "'int'") + "]}"),
                new Writer(
                        "a list of itself",
                        record("Node", field("v", "'int'") + "," + field("next", "['null','Node']"))),
                new Writer(
                        "a tree in arrays",
                        record("Tree", field("v", "'string'") + "," + field("sub", "{'type':'array','items':'Tree'}"))),
                new Writer(
                        "a tree in maps, deep in other records",
                        record(
                                "Root",
                                field("in", record("Mid", field("m", "{'type':'map','values':['null','Root']}"))) + ","
                                        + field("t", "'int'"))),
                new Writer(
                        "two records of each other",
                        record(
                                "Hen",
                                field("egg", "['null'," + record("Egg", field("hen", "['null','Hen']")) + "]") + ","
                                        + field("name", "'string'"))),
                new Writer("a record or null", "['null'," + record("R1", field("a", "'int'")) + "]"),
                new Writer(
                        "two records or null",
                        "[" + record("R1", field("a", "'int'")) + "," + record("R2", field("b", "'string'"))
                                + ",'null']"),
                new Writer(
                        "two records, the first in the second",
                        "[" + record("R1", field("a", "'int'")) + ","
                                + record("R2", field("b", "{'type':'array','items':'R1'}")) + "]"),
                new Writer(
                        "two records, the second defined in the first",
                        "[" + record("R1", field("a", record("R2", field("b", "'int'"))) + "," + field("c", "'string'"))
                                + ",'R2']"),
                new Writer(
                        "another type that is called as ours",
                        record("shop.Text", field("text", "'string'") + "," + field("language", language))),
                new Writer(
                        "another type that is called as ours, in a later record",
                        "[" + record("shop.A", field("a", "'int'")) + "," + record("shop.B", field("l", language))
                                + "]"),
                new Writer(
                        "enriched texts",
                        EnrichedText.getClassSchema().toString().replace("\"avro.java.string\":\"String\"", "\"x\":1")),
                new Writer(
                        "enriched texts of a Java producer",
                        EnrichedText.getClassSchema().toString()),
                new Writer(
                        "a reference",
                        record("shop.Order", field("to", "'shop.Address'") + "," + field("n", "'int'")),
                        Map.of("shop.Address", address)),
                new Writer(
                        "a reference in a union, and a definition that is ours in another",
                        record(
                                "shop.Mail",
                                field("to", "['null','shop.Kind']") + ","
                                        + field("n", "'dev.lexstream.avro.Language'")),
                        Map.of("shop.Kind", kind, "dev.lexstream.avro.Language", json(language))),
                new Writer("nothing but a reference", "'shop.Address'", Map.of("shop.Address", address)),
                new Writer(
                        "a union of references",
                        "['shop.Address'," + record("shop.Own", field("k", "'shop.Kind'")) + "]",
                        Map.of("shop.Address", address, "shop.Kind", kind)));
    }

    /** Those whose names Confluent's client can read. */
    static List<Writer> registrable() {
        return all().filter(writer -> !writer.name().contains("hyphens")).toList();
    }
}
