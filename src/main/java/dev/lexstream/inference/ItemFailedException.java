package dev.lexstream.inference;

import dev.lexstream.model.ModelId;
import java.util.Objects;
import java.util.Optional;

/** One input cannot be processed, in whatever batch it is. Other inputs are not affected. A data error. */
public final class ItemFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient ModelId model;

    /**
     * Makes a failure. Its message is the reason, followed by the cause's message where there is a cause.
     *
     * @param reason what went wrong, in a few words that quote nothing of the input, such as {@code cannot be prepared}
     * @param cause null for none
     */
    public ItemFailedException(String reason, Throwable cause) {
        this(reason, cause, Optional.empty());
    }

    /**
     * The same, of a model.
     *
     * @param model that failed, where that is known
     */
    public ItemFailedException(String reason, Throwable cause, Optional<ModelId> model) {
        super(cause == null ? reason : reason + ": " + cause.getMessage(), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.model = model.orElse(null);
    }

    /** The model that failed; empty where it is not known. */
    public Optional<ModelId> model() {
        return Optional.ofNullable(model);
    }

    /** The reason alone. It is the same for all inputs that fail in this way. */
    public String reason() {
        return reason;
    }
}
