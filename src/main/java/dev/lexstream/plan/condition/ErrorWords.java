package dev.lexstream.plan.condition;

import dev.cel.common.CelErrorCode;

/** What errors of evaluation mean and what helps. Quotes nothing of an event. */
final class ErrorWords {

    private ErrorWords() {}

    static String meaning(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> "there is no value of this name";
            case INDEX_OUT_OF_BOUNDS -> "the list is shorter";
            case DIVIDE_BY_ZERO -> "a number is divided by zero";
            case DUPLICATE_ATTRIBUTE -> "a map has a key twice";
            case NUMERIC_OVERFLOW -> "a number leaves the range of its type";
            case OVERLOAD_NOT_FOUND -> "a value is not of a type that the operator or function takes";
            case BAD_FORMAT -> "a text is not in the form of what it is read as, such as a number, a time or a duration";
            case INVALID_ARGUMENT -> "a value is not of the type or form that is needed here, such as a boolean";
            case ITERATION_BUDGET_EXCEEDED -> "all, exists and exists_one visit more than %,d elements"
                    .formatted(Limits.ITERATIONS);
            default -> "the expression cannot be evaluated";
        };
    }

    /** The meaning and what to write instead, where that is known. */
    static String advice(CelErrorCode code) {
        String advice =
                switch (code) {
                    case ATTRIBUTE_NOT_FOUND -> "; ask before, as in has(attributes.x) && attributes.x > 1, or give a default, as in "
                            + "attributes.?x.orValue(0) > 1";
                    case INDEX_OUT_OF_BOUNDS -> "; ask for its size() before, or use exists()";
                    case DIVIDE_BY_ZERO -> "; ask before, as in attributes.x != 0 && 1 / attributes.x > 2";
                    case OVERLOAD_NOT_FOUND -> "; ask before, as in type(attributes.x) == int && attributes.x > 1";
                    default -> "";
                };
        return meaning(code) + advice;
    }
}
