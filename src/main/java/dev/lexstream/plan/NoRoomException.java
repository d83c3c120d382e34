package dev.lexstream.plan;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import java.time.Duration;

/** The engine has had no room for a text for too long. An infrastructure error: no text is to blame. */
public final class NoRoomException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    NoRoomException(Duration waited) {
        super("there was no room for a text for " + waited.toSeconds()
                + " s; a device is stuck or too slow for inference.max-in-flight and inference.max-in-flight-tokens");
    }

    @Override
    public Reason reason() {
        return Reason.ENGINE_SLOW;
    }
}
