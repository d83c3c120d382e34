package dev.lexstream.plan;

import dev.lexstream.event.Language;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Two conditions, of which the first refusal counts. */
record BothConditions(Condition first, Condition second) implements Condition {

    BothConditions {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }

    @Override
    public Needs needs() {
        Needs one = first.needs();
        Needs other = second.needs();
        Set<String> outcomes = new HashSet<>(one.outcomes());
        outcomes.addAll(other.outcomes());
        return new Needs(one.language() || other.language(), one.inputLanguage() || other.inputLanguage(), outcomes);
    }

    @Override
    public Optional<String> refusal(Known known) {
        Optional<String> refusal = first.refusal(known);
        return refusal.isPresent() ? refusal : second.refusal(known);
    }

    @Override
    public boolean admits(Language language) {
        return first.admits(language) && second.admits(language);
    }
}
