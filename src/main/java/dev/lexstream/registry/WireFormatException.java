package dev.lexstream.registry;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/**
 * A data error: the bytes of one record are not a readable Avro record in the Confluent wire format. The next record may
 * well be readable. The message says what was found and what is allowed, never holds any of the record's value, has no control
 * characters and is at most 1,000 characters long.
 */
public sealed class WireFormatException extends RuntimeException implements Classified permits UnknownSchemaException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1000;

    /**
     * Without a cause.
     *
     * @param message what was found and what is allowed
     */
    public WireFormatException(String message) {
        super(printable(message));
    }

    /**
     * With a cause.
     *
     * @param message what was found and what is allowed
     * @param cause the decoder's or the registry's own error
     */
    public WireFormatException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    /** The text without control characters and not too long, as names in foreign schemas may be. */
    static String printable(String message) {
        var text = message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "...";
        return text.codePoints()
                .map(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE
                        ? '\uFFFD'
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public Reason reason() {
        return Reason.UNDECODABLE;
    }
}
