package dev.lexstream.plan;

import dev.lexstream.event.Language;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a stage's model is asked, for one event. Judged once for each event, when all it needs is known; a stage waits for nothing
 * else.
 *
 * <p>Threading: immutable; judged on the threads of the engine, so fast and without waiting.
 */
@FunctionalInterface
public interface Condition {

    /** Lets every event through, and waits for nothing. */
    Condition ALWAYS = known -> Optional.empty();

    /**
     * Why the model is not asked; empty when it is. An exception is a data error of this event.
     *
     * @return short and stable, such as {@code language zh}
     */
    Optional<String> refusal(Known known);

    /** What has to be known first. */
    default Needs needs() {
        return Needs.NOTHING;
    }

    /** False where no text of a language is let through, whatever else is known of it. */
    default boolean admits(Language language) {
        return true;
    }

    /** This and another condition, which is not judged where this one refuses. */
    default Condition and(Condition other) {
        return this == ALWAYS ? other : other == ALWAYS ? this : new BothConditions(this, other);
    }

    /**
     * That the input is in a language that the model accepts.
     *
     * @param tags of the languages; empty means any, and costs nothing
     */
    static Condition languages(Set<String> tags) {
        return tags.isEmpty() ? ALWAYS : new LanguageCondition(tags);
    }

    /**
     * What a condition looks at, besides the event.
     *
     * @param language whether the language of the event's main text
     * @param inputLanguage whether the language of the stage's input
     * @param outcomes names of stages, all earlier ones
     */
    record Needs(boolean language, boolean inputLanguage, Set<String> outcomes) {

        /** The event alone, or not even that. */
        public static final Needs NOTHING = new Needs(false, false, Set.of());

        public Needs {
            outcomes = Set.copyOf(outcomes);
        }

        /** The outcomes of stages and nothing else. */
        public static Needs outcomes(String... stages) {
            return new Needs(false, false, Set.of(stages));
        }
    }
}
