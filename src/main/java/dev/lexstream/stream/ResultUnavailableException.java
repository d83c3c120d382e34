package dev.lexstream.stream;

/** The engine gave no result for reasons that are not the text's own. An infrastructure error: the stream must stop. */
public final class ResultUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ResultUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
