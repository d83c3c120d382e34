package dev.lexstream.train;

/** Training cannot go on or its data cannot be used. The message says where and what was found. */
public final class TrainingException extends Exception {

    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }
}
