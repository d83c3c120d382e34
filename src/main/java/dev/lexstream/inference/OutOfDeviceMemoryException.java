package dev.lexstream.inference;

/** A batch does not fit the device's memory. A smaller one may. */
public final class OutOfDeviceMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutOfDeviceMemoryException(Throwable cause) {
        super("the batch does not fit the device's memory", cause);
    }
}
