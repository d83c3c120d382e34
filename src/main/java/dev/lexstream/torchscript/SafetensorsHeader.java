package dev.lexstream.torchscript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;

/**
 * The header of a safetensors file, checked: every tensor has a type that is known, a shape that fits its place, and the
 * places are all of the data, without holes and without a byte in two of them, as the format demands.
 *
 * @param metadata free text, empty when there is none
 * @param entries by name, in the order of the header
 */
public record SafetensorsHeader(Map<String, String> metadata, Map<String, Place> entries) {

    /** More tensors than any network has. */
    static final int MOST_TENSORS = 100_000;

    private static final int MOST_DIMENSIONS = 8;
    private static final String METADATA = "__metadata__";

    /** Types that a file may have; the others exist in archives only. */
    private static final Map<String, ElementType> TYPES = Map.of(
            "F32", ElementType.FLOAT32,
            "F16", ElementType.FLOAT16,
            "BF16", ElementType.BFLOAT16,
            "I64", ElementType.INT64);

    /** A header is flat, so that nesting is bounded before anything recurses. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(40)
                    .maxNameLength(10_000)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Where a tensor is.
     *
     * @param type of its elements
     * @param shape its sizes, none negative
     * @param begin its first byte, counted from the end of the header
     * @param end one after its last byte
     */
    public record Place(ElementType type, List<Long> shape, long begin, long end) {

        public Place {
            shape = List.copyOf(shape);
        }
    }

    public SafetensorsHeader {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * Reads a header.
     *
     * @param json its text
     * @param data bytes that follow it
     * @throws IOException when it is no such header: says which tensor, what was found and what is allowed
     */
    static SafetensorsHeader parse(byte[] json, long data) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            Map<String, String> metadata = Map.of();
            Map<String, Place> entries = new LinkedHashMap<>();
            expect(parser.nextToken() == JsonToken.START_OBJECT, "the header must be a JSON object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(METADATA)) {
                    metadata = metadata(parser);
                } else {
                    entries.put(name, place(parser, name));
                }
                expect(entries.size() <= MOST_TENSORS, "the header names more than " + MOST_TENSORS + " tensors");
            }
            expect(parser.nextToken() == null, "something follows the header's JSON object");
            SafetensorsHeader header = new SafetensorsHeader(metadata, entries);
            header.checkPlaces(data);
            return header;
        } catch (StreamConstraintsException e) {
            throw new IOException("the header is no safetensors header: " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IOException("the header is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, String> metadata(JsonParser parser) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        expect(parser.currentToken() == JsonToken.START_OBJECT, METADATA + " must be an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            expect(parser.nextToken() == JsonToken.VALUE_STRING, METADATA + " must hold strings only");
            metadata.put(key, parser.getText());
        }
        return metadata;
    }

    private static Place place(JsonParser parser, String name) throws IOException {
        String where = "tensor '" + name + "'";
        expect(parser.currentToken() == JsonToken.START_OBJECT, where + " must be an object");
        ElementType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "dtype" -> type = type(parser, where);
                case "shape" -> shape = sizes(parser, where + ": shape", MOST_DIMENSIONS);
                case "data_offsets" -> offsets = sizes(parser, where + ": data_offsets", 2);
                default -> throw new IOException(
                        where + " must have dtype, shape and data_offsets only, found '" + key + "'");
            }
        }
        expect(
                type != null && shape != null && offsets != null && offsets.size() == 2,
                where + " must have dtype, shape and two data_offsets");
        return new Place(type, shape, offsets.get(0), offsets.get(1));
    }

    private static ElementType type(JsonParser parser, String where) throws IOException {
        String name = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        ElementType type = TYPES.get(name);
        expect(type != null, where + " has type '" + name + "'; supported are F32, F16, BF16 and I64");
        return type;
    }

    private static List<Long> sizes(JsonParser parser, String where, int most) throws IOException {
        String allowed = where + " must be a list of at most " + most + " whole numbers from 0 to " + Long.MAX_VALUE;
        expect(parser.currentToken() == JsonToken.START_ARRAY, allowed);
        List<Long> sizes = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            expect(whole && parser.getLongValue() >= 0 && sizes.size() < most, allowed);
            sizes.add(parser.getLongValue());
        }
        return sizes;
    }

    private void checkPlaces(long data) throws IOException {
        List<Entry<String, Place>> inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.comparing(
                        (Entry<String, Place> entry) -> entry.getValue().begin())
                .thenComparing(entry -> entry.getValue().end()));
        long reached = 0;
        for (Entry<String, Place> entry : inOrder) {
            Place place = entry.getValue();
            String where = "tensor '" + entry.getKey() + "'";
            expect(
                    place.end() <= data && place.begin() <= place.end(),
                    where + " must lie within " + data + " bytes of data, found " + place.begin() + " to " + place.end()
                            + "; the file may be cut off");
            expect(
                    place.begin() == reached,
                    where + " must begin at byte " + reached + ", where the one before it ends, found "
                            + place.begin());
            long bytes = bytes(place, where);
            expect(
                    bytes == place.end() - place.begin(),
                    where + ": data of " + place.type() + place.shape() + " must have " + bytes + " bytes, found "
                            + (place.end() - place.begin()));
            reached = place.end();
        }
        expect(reached == data, "the tensors are " + reached + " bytes, found " + data + " bytes of data");
    }

    private static long bytes(Place place, String where) throws IOException {
        try {
            return Math.multiplyExact(
                    Tensor.elements(place.shape()), (long) place.type().bytes());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IOException(where + ": shape " + place.shape() + " is larger than any file", e);
        }
    }

    private static void expect(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }

    /** The names whose tensors hold whole numbers, which no network's weights are. */
    public Set<String> integers() {
        Set<String> names = new HashSet<>();
        entries.forEach((name, place) -> {
            if (place.type() == ElementType.INT64) {
                names.add(name);
            }
        });
        return names;
    }
}
