package dev.lexstream.plan.condition;

import dev.lexstream.plan.Condition;
import dev.lexstream.plan.Known;
import java.util.Objects;
import java.util.Optional;

/** That an expression is true. */
record When(Expression expression) implements Condition {

    private static final Optional<String> REFUSAL = Optional.of("when: false");

    When {
        Objects.requireNonNull(expression, "expression");
    }

    @Override
    public Needs needs() {
        return new Needs(expression.needsLanguage(), false, expression.stages());
    }

    /** @throws ConditionFailedException when the expression cannot be evaluated on this event */
    @Override
    public Optional<String> refusal(Known known) {
        return expression.holds(known) ? Optional.empty() : REFUSAL;
    }
}
