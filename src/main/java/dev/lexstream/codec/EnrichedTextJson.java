package dev.lexstream.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.specific.SpecificRecord;

/**
 * Enriched texts as plain JSON: the fields of the schema by name, times in ISO 8601, enums by name, bytes in Base64, null where a field is
 * not set. Threading: one instance serves all threads.
 */
public final class EnrichedTextJson {

    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * One JSON object, on one line.
     *
     * @param record an enriched text, or an enrichment alone
     */
    public String line(SpecificRecord record) {
        try {
            return mapper.writeValueAsString(object(record));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    private static ObjectNode object(SpecificRecord record) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), node(record.get(field.pos())));
        }
        return object;
    }

    /** The JSON of a value as Avro holds it in memory; bytes are in Base64. */
    static JsonNode node(Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value == null) {
            return json.nullNode();
        } else if (value instanceof SpecificRecord record) {
            return object(record);
        } else if (value instanceof List<?> list) {
            ArrayNode array = json.arrayNode();
            list.forEach(element -> array.add(node(element)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = json.objectNode();
            for (Entry<?, ?> entry : map.entrySet()) {
                object.set(entry.getKey().toString(), node(entry.getValue()));
            }
            return object;
        } else if (value instanceof Boolean truth) {
            return json.booleanNode(truth);
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return json.binaryNode(copy);
        } else if (value instanceof GenericFixed fixed) {
            return json.binaryNode(fixed.bytes());
        } else if (value instanceof BigDecimal number) {
            return json.numberNode(number);
        } else if (value instanceof Integer number) {
            return json.numberNode(number);
        } else if (value instanceof Long number) {
            return json.numberNode(number);
        } else if (value instanceof Float number) {
            return json.numberNode(number);
        } else if (value instanceof Double number) {
            return json.numberNode(number);
        }
        return json.textNode(value.toString());
    }
}
