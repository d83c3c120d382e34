package dev.lexstream.registry;

import dev.lexstream.failure.Reason;

/** The registry does not know the id of the schema that a value was written with: not yet, or never. */
public final class UnknownSchemaException extends WireFormatException {
    private static final long serialVersionUID = 1L;

    UnknownSchemaException(int id, Throwable cause) {
        super("schema id " + id + " is unknown to the registry; allowed are ids of registered schemas", cause);
    }

    @Override
    public Reason reason() {
        return Reason.UNKNOWN_SCHEMA;
    }
}
