package dev.lexstream.plan.condition;

import java.util.Objects;

/**
 * One thing that is wrong with an expression.
 *
 * @param position where
 * @param message what was found and what is allowed
 */
public record Problem(Position position, String message) {

    public Problem {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return position + ": " + message;
    }
}
