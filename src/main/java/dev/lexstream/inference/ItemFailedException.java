package dev.lexstream.inference;

/** One input cannot be processed, whichever batch it is in; others are not affected. A data error. */
public final class ItemFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ItemFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
