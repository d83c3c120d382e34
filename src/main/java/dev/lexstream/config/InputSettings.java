package dev.lexstream.config;

import java.util.Objects;
import java.util.Optional;

/**
 * What the records of the input topics hold.
 *
 * @param format key {@code format}. Default {@code avro}
 * @param fields the other keys. Default empty: the fields of Lexstream's own text events
 */
public record InputSettings(Format format, Optional<FieldSettings> fields) {

    /** Text events of Lexstream's own, in Avro. */
    public static final InputSettings DEFAULT = new InputSettings(Format.AVRO, Optional.empty());

    public InputSettings {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(fields, "fields");
        if (format == Format.TEXT && fields.isPresent()) {
            throw new IllegalArgumentException("format text has no fields");
        }
    }
}
