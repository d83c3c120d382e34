package dev.lexstream.stream;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import dev.lexstream.plan.Outcome;
import dev.lexstream.plan.condition.ConditionFailedException;

/** A model cannot process this text. A data error: the record belongs in the dead letters. */
public final class StageFailedException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    private final boolean condition;

    public StageFailedException(Outcome.Failed outcome) {
        super("stage %s, model %s version %s: %s"
                .formatted(
                        outcome.stage(),
                        outcome.model().name(),
                        outcome.model().version(),
                        outcome.cause().getMessage()));
        this.condition = outcome.cause().getCause() instanceof ConditionFailedException;
        // a stack trace of the stream thread would tell nothing, in a header of each dead letter
        setStackTrace(new StackTraceElement[0]);
    }

    /** That of the condition, where it is that which cannot be judged. */
    @Override
    public Reason reason() {
        return condition ? Reason.CONDITION_FAILED : Reason.STAGE_FAILED;
    }
}
