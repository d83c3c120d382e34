package dev.lexstream.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversion;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Optional instants that are read in whatever unit the writer has counted them. Avro's resolution of schemas looks at the numbers
 * alone, so that microseconds are taken for milliseconds; here each branch of the writer's type keeps its unit.
 * Units are those of {@link AvroTime}.
 */
final class EpochField {
    private static final String NAME = "epoch";

    private EpochField() {}

    /** The reader's schema, for one writer: a copy in which each field that is an optional instant takes the writer's types. */
    static Schema readerFor(Schema writer, Schema own) {
        var fields = new ArrayList<Schema.Field>(own.getFields().size());
        for (var field : own.getFields()) {
            var written = writer.getType() == Schema.Type.RECORD ? writer.getField(field.name()) : null;
            var branches = written == null || !isOptionalInstant(field.schema())
                    ? List.<Schema>of()
                    : branches(field.name(), written.schema());
            fields.add(new Schema.Field(field, branches.isEmpty() ? field.schema() : Schema.createUnion(branches)));
        }
        return Schema.createRecord(own.getName(), own.getDoc(), own.getNamespace(), false, fields);
    }

    /** Makes instants of the numbers. */
    static Conversion<Instant> conversion() {
        return new ToInstant();
    }

    private static boolean isOptionalInstant(Schema schema) {
        return schema.isNullable()
                && schema.isUnion()
                && schema.getTypes().stream().anyMatch(b -> b.getLogicalType() instanceof LogicalTypes.TimestampMillis);
    }

    /** Null and the writer's whole numbers; empty if there are none. */
    private static List<Schema> branches(String field, Schema written) {
        var branches = new ArrayList<Schema>();
        for (var branch : written.isUnion() ? written.getTypes() : List.of(written)) {
            if (branch.getType() == Schema.Type.INT || branch.getType() == Schema.Type.LONG) {
                branches.add(new Epoch(field, branch.getLogicalType()).addToSchema(Schema.create(branch.getType())));
            }
        }
        if (!branches.isEmpty()) {
            branches.add(0, Schema.create(Schema.Type.NULL)); // first, as the default is null
        }
        return branches;
    }

    /** What a number counts since the epoch. */
    private static final class Epoch extends LogicalType {
        private final String field;
        private final String written;

        Epoch(String field, LogicalType written) {
            super(NAME);
            this.field = field;
            this.written = written == null ? "" : written.getName();
        }

        Instant instant(long count) {
            return AvroTime.instant(written, count)
                    .orElseThrow(() -> new AvroRuntimeException("field " + field + ": type is " + written
                            + ", a time without a date; allowed are " + AvroTime.ALLOWED));
        }
    }

    private static final class ToInstant extends Conversion<Instant> {
        @Override
        public Class<Instant> getConvertedType() {
            return Instant.class;
        }

        @Override
        public String getLogicalTypeName() {
            return NAME;
        }

        @Override
        public Instant fromInt(Integer count, Schema schema, LogicalType type) {
            return ((Epoch) type).instant(count);
        }

        @Override
        public Instant fromLong(Long count, Schema schema, LogicalType type) {
            return ((Epoch) type).instant(count);
        }
    }
}
