package dev.lexstream.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * What the records of the output topics hold.
 *
 * @param format key {@code format}: {@code avro} or {@code json}. Default: that of the input, and {@code avro} for text
 * @param shape key {@code shape}. Default {@code enriched-text}
 * @param field key {@code field}: name of the field that merged records have more. Default
 *     {@value PipelineDefaults#MERGED_FIELD}
 */
public record OutputSettings(Format format, Shape shape, String field) {

    /** Enriched texts, in Avro. */
    public static final OutputSettings DEFAULT =
            new OutputSettings(Format.AVRO, Shape.ENRICHED_TEXT, PipelineDefaults.MERGED_FIELD);

    /** What an output record is. */
    public enum Shape {
        /** A record of Lexstream's own: the event and its annotations. */
        ENRICHED_TEXT,
        /** The input record with one more field. */
        MERGED;

        /**
         * Reads a name as it is written in a setting.
         *
         * @throws IllegalArgumentException for any other
         */
        public static Shape parse(String name) {
            return Arrays.stream(values())
                    .filter(shape -> shape.toString().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("'" + name + "' is neither enriched-text nor merged"));
        }

        /** As it is written in a setting. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public OutputSettings {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(field, "field");
        if (format == Format.TEXT) {
            throw new IllegalArgumentException("format must be avro or json, found text");
        }
    }
}
