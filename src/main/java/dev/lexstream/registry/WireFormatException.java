package dev.lexstream.registry;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/**
 * A data error: the bytes of one record are not a readable Avro record in the Confluent wire format. The next record may
 * well be readable. The message says what was found and what is allowed, and never holds any of the record's value.
 */
public sealed class WireFormatException extends RuntimeException implements Classified permits UnknownSchemaException {
    private static final long serialVersionUID = 1L;

    /**
     * Without a cause.
     *
     * @param message what was found and what is allowed
     */
    public WireFormatException(String message) {
        super(message);
    }

    /**
     * With a cause.
     *
     * @param message what was found and what is allowed
     * @param cause the decoder's or the registry's own error
     */
    public WireFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Reason reason() {
        return Reason.UNDECODABLE;
    }
}
