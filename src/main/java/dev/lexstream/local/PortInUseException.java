package dev.lexstream.local;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/** A local server was told to listen on a port that another process, or another server in this one, listens on. */
public final class PortInUseException extends RuntimeException implements Classified {
    private static final long serialVersionUID = 1L;

    PortInUseException(String server, int port, Throwable cause) {
        super(
                "port %d for the %s is in use; stop what listens there or choose another port (0: any free one)"
                        .formatted(port, server),
                cause);
    }

    @Override
    public Reason reason() {
        return Reason.CONFIGURATION;
    }
}
