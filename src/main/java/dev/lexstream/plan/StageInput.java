package dev.lexstream.plan;

import java.util.Objects;
import java.util.Optional;

/** What of an event goes into a stage's model. */
public sealed interface StageInput {

    /** The main text of the event. */
    static StageInput mainText() {
        return new Text(Optional.empty());
    }

    /** A text of the event by its name. */
    static StageInput text(String name) {
        return new Text(Optional.of(name));
    }

    /** Two texts of the event by their names, seen together. */
    static StageInput pair(String first, String second) {
        return new Pair(first, second);
    }

    /** What an earlier stage has translated. */
    static StageInput translation(String stage) {
        return new Translation(stage);
    }

    /**
     * One text of the event.
     *
     * @param name empty for the main text
     */
    record Text(Optional<String> name) implements StageInput {
        public Text {
            Objects.requireNonNull(name, "name");
        }
    }

    /** Two texts of the event, in this order. */
    record Pair(String first, String second) implements StageInput {
        public Pair {
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(second, "second");
        }
    }

    /**
     * A translation.
     *
     * @param stage that translates; comes before the one that takes the translation
     */
    record Translation(String stage) implements StageInput {
        public Translation {
            Objects.requireNonNull(stage, "stage");
        }
    }
}
