package dev.lexstream.registry;

import java.util.Objects;

/**
 * What the registry says of a schema that values are to be written with. Nothing was registered for it.
 *
 * @param what names the schema, such as "the schema of dev.lexstream.avro.EnrichedText"
 * @param subject where it belongs; empty where none can be named
 * @param verdict what becomes of it
 * @param seen more about that: an id, or why not; one line
 */
public record SchemaTrial(String what, String subject, Verdict verdict, String seen) {

    /** What becomes of a schema. */
    public enum Verdict {
        /** It is there, and values are written with it. */
        REGISTERED,
        /** It is not there; it would be registered with the first use. */
        NEW,
        /** Values that need it become dead letters; others do not need it. */
        PASSED_OVER,
        /** No value can be written. */
        REFUSED
    }

    public SchemaTrial {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(seen, "seen");
    }
}
