package dev.lexstream.local;

/** A local server was told to listen on a port that another process, or another server in this one, listens on. */
public final class PortInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortInUseException(String server, int port, Throwable cause) {
        super(
                "port %d for the %s is in use; stop what listens there or choose another port (0: any free one)"
                        .formatted(port, server),
                cause);
    }
}
