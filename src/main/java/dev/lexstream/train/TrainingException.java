package dev.lexstream.train;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/** Training cannot go on or its data cannot be used. The message says where and what was found. */
public class TrainingException extends Exception implements Classified {

    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }

    TrainingException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Reason reason() {
        return Reason.TRAINING_DATA;
    }
}
