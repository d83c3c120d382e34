package dev.lexstream.plan;

import java.util.List;

/** Stages that make no plan. */
public final class PlanException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    PlanException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, each with the stage it is about. */
    public List<String> problems() {
        return problems;
    }
}
