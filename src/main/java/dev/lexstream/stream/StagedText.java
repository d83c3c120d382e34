package dev.lexstream.stream;

import dev.lexstream.plan.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A text and the outcomes of the stages it has passed so far, in stage order. None is {@link Outcome.Failed}.
 *
 * @param text the text on its way
 * @param outcomes of the stages passed
 */
record StagedText(PendingText text, List<Outcome> outcomes) {

    StagedText {
        Objects.requireNonNull(text, "text");
        outcomes = List.copyOf(outcomes);
    }

    StagedText with(Outcome outcome) {
        List<Outcome> more = new ArrayList<>(outcomes);
        more.add(outcome);
        return new StagedText(text, more);
    }
}
