package dev.lexstream.inference;

/** A device no longer computes what it could compute before. An infrastructure error: no text is to blame. */
public final class DeviceLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeviceLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
