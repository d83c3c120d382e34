package dev.lexstream.inference;

import java.util.Objects;

/** One input cannot be processed, whichever batch it is in; others are not affected. A data error. */
public final class ItemFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * A failure whose message is the reason, followed by the cause's message where there is a cause.
     *
     * @param reason what went wrong, short, without anything of the input: such as {@code cannot be prepared}
     * @param cause what was thrown; null for none
     */
    public ItemFailedException(String reason, Throwable cause) {
        super(cause == null ? reason : reason + ": " + cause.getMessage(), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** The reason alone: the same text for all inputs that fail in this way. */
    public String reason() {
        return reason;
    }
}
