package dev.lexstream.plan.condition;

/** How large expressions may be and how long they may run. CEL itself has no limit of time. */
final class Limits {

    /** Code points of an expression. */
    static final int CODE_POINTS = 4_000;

    /** Levels of nesting. */
    static final int DEPTH = 60;

    /** Elements that the macros of one evaluation visit, together. */
    static final int ITERATIONS = 10_000;

    /** Size of a regular expression once its repetitions are written out. */
    static final int PATTERN = 10_000;

    private Limits() {}
}
