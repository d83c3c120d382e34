package dev.lexstream.plan.condition;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.lexstream.event.Attribute;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.Header;
import dev.lexstream.event.Utf8;
import dev.lexstream.plan.Facts;
import dev.lexstream.plan.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The variables of expressions, with their types and how each is read from an event. Immutable.
 *
 * <p>None is ever null: an unknown language, a missing key and bytes that are not UTF-8 are empty texts, a record without a time has
 * that of the epoch.
 */
final class Variables {

    static final String STAGES = "stages";
    static final String LANGUAGE = "language";
    static final String ATTRIBUTES = "attributes";

    private static final MapType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

    private final Map<String, CelType> types = new LinkedHashMap<>();
    private final Map<String, Function<Facts, Object>> readers = new HashMap<>();
    private final Map<String, Struct<Outcome>> stages;
    private final Set<String> attributes;

    /**
     * The variables of a pipeline.
     *
     * @param stages their types by their names
     * @param declared types of attributes by their names; empty where none are declared
     */
    Variables(Map<String, Struct<Outcome>> stages, Map<String, AttributeType> declared) {
        this.stages = stages;
        this.attributes = declared.keySet();
        add("text", SimpleType.STRING, facts -> facts.event().text());
        add("texts", TEXTS, facts -> new NamedValues<>(facts.event().texts(), text -> text));
        add(LANGUAGE, SimpleType.STRING, facts -> facts.language().code().orElse(""));
        add(
                ATTRIBUTES,
                attributesType(declared),
                facts -> new NamedValues<>(facts.event().attributes(), Variables::value));
        add("headers", TEXTS, facts -> new NamedValues<>(headers(facts), Utf8::textOrEmpty));
        add("key", SimpleType.STRING, facts -> Utf8.textOrEmpty(envelope(facts).key()));
        add("topic", SimpleType.STRING, facts -> envelope(facts).topic());
        add(
                "timestamp",
                SimpleType.TIMESTAMP,
                facts -> Instant.ofEpochMilli(Math.max(0, envelope(facts).timestamp())));
        add(STAGES, stagesType(stages), facts -> new StagesOf(stages, facts));
    }

    private void add(String name, CelType type, Function<Facts, Object> reader) {
        types.put(name, type);
        readers.put(name, reader);
    }

    private static CelType attributesType(Map<String, AttributeType> declared) {
        if (declared.isEmpty()) {
            return MapType.create(SimpleType.STRING, SimpleType.DYN);
        }
        ImmutableMap.Builder<String, CelType> fields = ImmutableMap.builder();
        declared.forEach((name, type) -> fields.put(name, type.type()));
        return Struct.typeOf(ATTRIBUTES, fields.buildOrThrow());
    }

    private static StructType stagesType(Map<String, Struct<Outcome>> stages) {
        ImmutableMap.Builder<String, CelType> fields = ImmutableMap.builder();
        stages.forEach((name, type) -> fields.put(name, type.type()));
        return Struct.typeOf(STAGES, fields.buildOrThrow());
    }

    /** The types of the variables by their names. */
    Map<String, CelType> types() {
        return types;
    }

    /** The types of the stages by their names, in the order of the pipeline. */
    Map<String, Struct<Outcome>> stages() {
        return stages;
    }

    /** The names of the attributes, where they are declared. */
    Set<String> attributes() {
        return attributes;
    }

    /** A variable's value for an event; empty for a name that is no variable's. */
    Optional<Object> find(String name, Facts facts) {
        Function<Facts, Object> reader = readers.get(name);
        return reader == null ? Optional.empty() : Optional.of(reader.apply(facts));
    }

    private static Object value(Attribute attribute) {
        if (attribute instanceof Attribute.Text text) {
            return text.value();
        } else if (attribute instanceof Attribute.Whole whole) {
            return whole.value();
        } else if (attribute instanceof Attribute.Real real) {
            return real.value();
        }
        return ((Attribute.Truth) attribute).value();
    }

    private static Envelope envelope(Facts facts) {
        return facts.event().envelope();
    }

    /** By name, the last of each. */
    private static Map<String, byte[]> headers(Facts facts) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (Header header : envelope(facts).headers().all()) {
            headers.put(header.name(), header.value() == null ? new byte[0] : header.value());
        }
        return headers;
    }
}
