package dev.lexstream.codec.field;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Times that are texts in ISO 8601. */
final class Times {

    /** What is allowed, for messages. */
    static final String ALLOWED = "a time such as 2026-02-25T06:13:20Z, or a number of milliseconds since the epoch";

    private Times() {}

    /** A time with an offset, a local one or a date, which are taken as UTC; empty when the text is none of these. */
    static Optional<Instant> parse(String text) {
        try {
            TemporalAccessor found =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    found instanceof OffsetDateTime time
                            ? time.toInstant()
                            : ((LocalDateTime) found).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return date(text);
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
