package dev.lexstream.plan.condition;

import dev.cel.common.values.SelectableValue;
import dev.lexstream.plan.Facts;
import dev.lexstream.plan.Outcome;
import java.util.Map;
import java.util.Optional;

/**
 * The variable {@code stages}: the outcomes of an event by the names of the stages.
 *
 * @param types by names of stages
 * @param facts of the event
 */
record StagesOf(Map<String, Struct<Outcome>> types, Facts facts) implements SelectableValue<String> {

    @Override
    public Object select(String stage) {
        return value(stage, facts.outcome(stage).first());
    }

    /** Nothing where the stage has found nothing. */
    @Override
    public Optional<Object> find(String stage) {
        Outcome outcome = facts.outcome(stage).first();
        return outcome instanceof Outcome.Enriched ? Optional.of(value(stage, outcome)) : Optional.empty();
    }

    private Object value(String stage, Outcome outcome) {
        return new FieldsOf<>(types.get(stage), outcome, outcome instanceof Outcome.Enriched);
    }
}
