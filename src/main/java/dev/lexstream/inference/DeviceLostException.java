package dev.lexstream.inference;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/** A device no longer computes what it could compute before. An infrastructure error, which no text has caused. */
public final class DeviceLostException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    public DeviceLostException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Reason reason() {
        return Reason.DEVICE_LOST;
    }
}
