package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;

/** An event and what the plan has found out about it, as far as whoever asks may know it. */
public interface Facts {

    /** The event. */
    TextEvent event();

    /** The language of the event's main text. */
    Language language();

    /**
     * The outcome of a stage.
     *
     * @param stage its name
     */
    Outcome outcome(String stage);
}
