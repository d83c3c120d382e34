package dev.lexstream.codec.merged;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.lexstream.avro.Enrichment;
import dev.lexstream.codec.EnrichedTextJson;
import dev.lexstream.codec.EnrichedTexts;
import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.JsonText;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.plan.EnrichedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Merged values of JSON: one more member before the closing brace. All other bytes stay, byte order mark, blanks, forms of numbers,
 * escapes and duplicate names too. An enrichment that is there already, see {@link EarlierJson}, is written again, its annotations
 * as they were and those of this pipeline after them.
 *
 * <p>Threading: may be called from any thread.
 */
public final class MergedJson implements OutputEncoder {
    private static final String NULL = "null";

    private final EnrichedTextJson json = new EnrichedTextJson();
    private final String field;
    private final String name;

    /**
     * With the name of the member.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public MergedJson(String field) {
        if (field.isEmpty()) {
            throw new IllegalArgumentException("the field has no name; allowed is any other");
        }
        this.field = field;
        this.name = '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(field)) + "\":";
    }

    @Override
    public byte[] encode(String topic, InputRecord input, EnrichedEvent enriched) {
        return merged(input.value(), EnrichedTexts.enrichment(enriched));
    }

    /** @throws dev.lexstream.codec.UndecodableEventException if the value is no JSON object with a place for the member */
    byte[] merged(byte[] value, Enrichment enrichment) {
        int start = JsonText.start(value);
        if (start > 0) {
            byte[] merged = merged(Arrays.copyOfRange(value, start, value.length), enrichment);
            return ByteBuffer.allocate(start + merged.length)
                    .put(value, 0, start)
                    .put(merged)
                    .array();
        }
        var place = JsonPlace.of(value, field);
        if (place.member() < 0) {
            return replaced(
                    value, place.brace(), (place.isEmpty() ? "" : ",") + name + json.line(enrichment), place.brace());
        }
        var earlier = EarlierJson.of(value, place.content(), field);
        return replaced(value, place.member(), name + joined(earlier, enrichment), earlier.end());
    }

    private String joined(EarlierJson earlier, Enrichment later) {
        var before = earlier.text("annotations");
        var inside = before.substring(1, before.length() - 1).strip();
        var annotations = Stream.concat(
                        Stream.of(inside).filter(text -> !text.isEmpty()),
                        later.getAnnotations().stream().map(json::line))
                .collect(Collectors.joining(",", "[", "]"));
        var receivedAt = earlier.text("receivedAt");
        return "{\"language\":%s,\"annotations\":%s,\"receivedAt\":%s,\"enrichedAt\":%s}"
                .formatted(
                        Enrichments.isKnown(later.getLanguage())
                                ? json.line(later.getLanguage())
                                : earlier.text("language"),
                        annotations,
                        receivedAt.equals(NULL) ? text(later.getReceivedAt()) : receivedAt,
                        text(later.getEnrichedAt()));
    }

    private static String text(Instant instant) {
        return instant == null ? NULL : '"' + instant.toString() + '"';
    }

    /** The value with a text in place of the bytes from one position to another. */
    private static byte[] replaced(byte[] value, int from, String text, int to) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(from + bytes.length + value.length - to)
                .put(value, 0, from)
                .put(bytes)
                .put(value, to, value.length - to)
                .array();
    }
}
