package dev.lexstream.stream.intake;

import dev.lexstream.event.TextEvent;
import dev.lexstream.plan.Enrichment;
import java.time.Instant;
import java.util.Objects;

/**
 * A text on its way through the models.
 *
 * @param event what was decoded
 * @param enrichment its results, which arrive later
 * @param receivedAt when the record reached this process
 */
public record PendingText(TextEvent event, Enrichment enrichment, Instant receivedAt) {

    public PendingText {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(enrichment, "enrichment");
        Objects.requireNonNull(receivedAt, "receivedAt");
    }
}
