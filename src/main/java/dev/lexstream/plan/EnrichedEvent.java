package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An event with what the stages made of it.
 *
 * @param event that was enriched
 * @param language the plan was made for
 * @param outcomes one for each stage, in stage order
 * @param receivedAt when the event reached this process
 * @param enrichedAt when all stages had ended
 */
public record EnrichedEvent(
        TextEvent event, Language language, List<Outcome> outcomes, Instant receivedAt, Instant enrichedAt)
        implements Facts {

    public EnrichedEvent {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(language, "language");
        outcomes = List.copyOf(outcomes);
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(enrichedAt, "enrichedAt");
    }

    /** @throws IllegalArgumentException when the plan has no such stage */
    @Override
    public Outcome outcome(String stage) {
        for (Outcome outcome : outcomes) {
            if (outcome.stage().equals(stage)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("no stage " + stage);
    }
}
