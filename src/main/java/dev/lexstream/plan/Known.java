package dev.lexstream.plan;

import dev.lexstream.event.Language;

/** What is known of an event when a stage's condition is judged: what the condition {@link Condition#needs}. */
public interface Known extends Facts {

    /**
     * The language of the event's main text.
     *
     * @throws IllegalStateException when the condition does not say that it needs it
     */
    @Override
    Language language();

    /**
     * The language of what the stage would get: the event's for its texts, that of the translation for one.
     *
     * @throws IllegalStateException when the condition does not say that it needs it
     */
    Language inputLanguage();

    /**
     * The outcome of an earlier stage.
     *
     * @throws IllegalStateException when the condition does not say that it needs it
     */
    @Override
    Outcome outcome(String stage);
}
