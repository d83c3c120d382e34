package dev.lexstream.inference;

import java.util.Objects;

/** One input cannot be processed, in whatever batch it is. Other inputs are not affected. A data error. */
public final class ItemFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Makes a failure. Its message is the reason, followed by the cause's message where there is a cause.
     *
     * @param reason what went wrong, in a few words that quote nothing of the input, such as {@code cannot be prepared}
     * @param cause null for none
     */
    public ItemFailedException(String reason, Throwable cause) {
        super(cause == null ? reason : reason + ": " + cause.getMessage(), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** The reason alone. It is the same for all inputs that fail in this way. */
    public String reason() {
        return reason;
    }
}
