package dev.lexstream.plan.condition;

import dev.cel.common.CelErrorCode;
import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;

/**
 * A condition cannot be evaluated on an event. A data error: the same each time. The message quotes nothing of the event.
 */
public final class ConditionFailedException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    private final CelErrorCode code;
    private final transient Position position;

    /**
     * Makes a failure.
     *
     * @param of what the condition is of, such as {@code route 2}; empty where whoever catches this knows
     * @param position in the expression
     * @param code what went wrong
     */
    ConditionFailedException(String of, Position position, CelErrorCode code) {
        super("%s%s: %s: %s".formatted(of.isEmpty() ? "" : of + ", ", position, code, ErrorWords.advice(code)));
        this.code = code;
        this.position = position;
        // the position in the expression tells all; a stack trace would only fill the headers of dead letters
        setStackTrace(new StackTraceElement[0]);
    }

    /** The same failure, with what the condition is of. */
    ConditionFailedException of(String of) {
        return new ConditionFailedException(of, position, code);
    }

    /** One of the codes of CEL's errors, such as {@code ATTRIBUTE_NOT_FOUND}. */
    public String code() {
        return code.name();
    }

    /** Where in the expression. */
    public Position position() {
        return position;
    }

    @Override
    public Reason reason() {
        return Reason.CONDITION_FAILED;
    }
}
