package dev.lexstream.plan.condition;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import dev.lexstream.plan.Condition;
import dev.lexstream.plan.Facts;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition that has been compiled for a pipeline.
 *
 * <p>Threading: immutable; any number of threads may evaluate it at a time.
 */
public final class Expression {

    /** How the library begins its messages: the only place where it tells the offset, in code points. */
    private static final Pattern OFFSET = Pattern.compile("^evaluation error at [^:]*:(\\d+): ");

    private final Source source;
    private final Program program;
    private final Variables variables;
    private final Set<String> stages;
    private final boolean language;

    Expression(Source source, Program program, Variables variables, Set<String> stages, boolean language) {
        this.source = source;
        this.program = program;
        this.variables = variables;
        this.stages = Set.copyOf(stages);
        this.language = language;
    }

    /** As it was written. */
    public String text() {
        return source.text();
    }

    /** The names of the stages whose outcomes it may ask for. */
    public Set<String> stages() {
        return stages;
    }

    /** Whether it may ask for the language of the event's main text. */
    public boolean needsLanguage() {
        return language;
    }

    /**
     * Whether it is true of an event. An error on one side of {@code &&} or {@code ||} does not count where the other side decides.
     *
     * @param facts what is known, with the outcomes of {@link #stages} and, where it {@link #needsLanguage}, the language
     * @throws ConditionFailedException when it cannot be evaluated on this event
     */
    public boolean holds(Facts facts) {
        Object result;
        try {
            result = program.eval(name -> variables.find(name, facts));
        } catch (CelEvaluationException e) {
            throw failure(e);
        }
        if (result instanceof Boolean holds) {
            return holds;
        }
        // an attribute, of whatever type
        throw new ConditionFailedException("", Position.START, CelErrorCode.INVALID_ARGUMENT);
    }

    /** As the condition of a stage, which is skipped where this is false. */
    public Condition asCondition() {
        return new When(this);
    }

    private ConditionFailedException failure(CelEvaluationException failure) {
        Matcher offset = OFFSET.matcher(String.valueOf(failure.getMessage()));
        Position position = offset.find() ? source.position(Integer.parseInt(offset.group(1))) : Position.START;
        // the library has no code for an operand of && || ! ?: that is no boolean
        boolean operand = failure.getErrorCode() == CelErrorCode.INTERNAL_ERROR
                && failure.getCause() instanceof IllegalArgumentException;
        CelErrorCode code = operand ? CelErrorCode.INVALID_ARGUMENT : failure.getErrorCode();
        return new ConditionFailedException("", position, code);
    }

    @Override
    public String toString() {
        return source.text();
    }
}
