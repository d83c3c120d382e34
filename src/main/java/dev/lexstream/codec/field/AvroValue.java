package dev.lexstream.codec.field;

import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.event.Attribute;
import dev.lexstream.event.Utf8;
import dev.lexstream.registry.AvroTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * A value as Avro's generic records hold it, logical types not converted.
 *
 * @param schema of the value, no union
 * @param datum the value; null for Avro's null
 */
public record AvroValue(Schema schema, Object datum) implements Value {

    /** A value of any type: of a union the branch that it has. */
    public static AvroValue of(Schema schema, Object datum) {
        return schema.isUnion()
                ? new AvroValue(schema.getTypes().get(GenericData.get().resolveUnion(schema, datum)), datum)
                : new AvroValue(schema, datum);
    }

    @Override
    public String kind() {
        String type = schema.getType().getName();
        return schema.getLogicalType() == null ? type : schema.getLogicalType().getName();
    }

    @Override
    public boolean isNull() {
        return datum == null;
    }

    @Override
    public Optional<Value> member(String name) {
        if (datum instanceof IndexedRecord record) {
            return Optional.ofNullable(schema.getField(name)).map(field -> of(field.schema(), record.get(field.pos())));
        }
        return datum instanceof Map<?, ?> map && map.containsKey(name)
                ? Optional.of(of(schema.getValueType(), map.get(name)))
                : Optional.empty();
    }

    @Override
    public Map<String, Value> members() {
        Map<String, Value> members = new LinkedHashMap<>();
        if (datum instanceof IndexedRecord record) {
            schema.getFields().forEach(field -> members.put(field.name(), of(field.schema(), record.get(field.pos()))));
        } else if (datum instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put(name.toString(), of(schema.getValueType(), value)));
        }
        return members;
    }

    @Override
    public Optional<List<Value>> elements() {
        if (!(datum instanceof List<?> list)) {
            return Optional.empty();
        }
        List<Value> elements = new ArrayList<>(list.size());
        list.forEach(element -> elements.add(of(schema.getElementType(), element)));
        return Optional.of(elements);
    }

    @Override
    public Optional<String> text() {
        return switch (schema.getType()) {
            case STRING, ENUM -> Optional.of(datum.toString());
            case BYTES -> schema.getLogicalType() == null ? Optional.of(utf8((ByteBuffer) datum)) : Optional.empty();
            case FIXED -> isUuid() ? Optional.of(uuid(((GenericFixed) datum).bytes())) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private boolean isUuid() {
        LogicalType logical = schema.getLogicalType();
        return logical != null && logical.getName().equals(LogicalTypes.uuid().getName());
    }

    private static String uuid(byte[] bytes) {
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong()).toString();
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            return Utf8.decode(bytes(bytes), 0, bytes.remaining());
        } catch (Utf8.MalformedException e) {
            throw new UndecodableEventException("bytes are " + e.getMessage() + " of them", e);
        }
    }

    @Override
    public Optional<Attribute> attribute() {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            byte[] unscaled = datum instanceof GenericFixed fixed ? fixed.bytes() : bytes((ByteBuffer) datum);
            return unscaled.length == 0
                    ? Optional.empty()
                    : Optional.of(new Attribute.Real(
                            new BigDecimal(new BigInteger(unscaled), decimal.getScale()).doubleValue()));
        }
        return switch (schema.getType()) {
            case INT, LONG -> Optional.of(new Attribute.Whole(((Number) datum).longValue()));
            case FLOAT, DOUBLE -> Optional.of(new Attribute.Real(((Number) datum).doubleValue()));
            case BOOLEAN -> Optional.of(new Attribute.Truth((Boolean) datum));
            default -> text().map(Attribute::of);
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public Optional<Instant> time() {
        String logical =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return switch (schema.getType()) {
            case INT, LONG -> AvroTime.instant(logical, ((Number) datum).longValue());
            default -> text().flatMap(Times::parse);
        };
    }
}
