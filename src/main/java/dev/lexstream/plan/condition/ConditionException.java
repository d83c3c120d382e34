package dev.lexstream.plan.condition;

import java.util.List;
import java.util.stream.Collectors;

/** A text that is no condition. */
public final class ConditionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConditionException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the order of the text. */
    public List<Problem> problems() {
        return problems;
    }
}
