package dev.lexstream.registry;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A record as a generated class would be, all of whose types and one of whose fields have had other names; those of the union's
 * branches have changed places. Its parts have no classes, so Avro reads them as generic ones.
 */
public final class Box extends SpecificRecordBase {
    public static final Schema SCHEMA$ = new Schema.Parser()
            .parse(
                    """
            {"type":"record","name":"Box","namespace":"dev.lexstream.registry","aliases":["old.Crate"],"fields":[
            {"name":"item","aliases":["thing"],"type":[
             {"type":"record","name":"Left","aliases":["old.Right"],"fields":[{"name":"s","type":"string"}]},
             {"type":"record","name":"Right","aliases":["old.Left"],"fields":[{"name":"s","type":"bytes"}]},
             {"type":"enum","name":"Kind","aliases":["old.Sort"],"symbols":["A","B"]}]},
            {"name":"kinds","type":{"type":"array","items":"Kind"}},
            {"name":"mark","type":{"type":"fixed","name":"Mark","aliases":["old.Sign"],"size":2}},
            {"name":"lefts","type":{"type":"map","values":"Left"}}]}""");

    private static final long serialVersionUID = 1L;

    private final transient Object[] values = new Object[4];

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return values[field];
    }

    @Override
    public void put(int field, Object value) {
        values[field] = value;
    }
}
