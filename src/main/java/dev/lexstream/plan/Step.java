package dev.lexstream.plan;

import java.util.Set;

/**
 * A stage in its plan, with what it waits for.
 *
 * @param stage the stage
 * @param needs of its condition
 * @param language whether it waits for the language of the event
 * @param stages names of the stages it waits for, as its input or its condition names them; all come before it
 */
record Step(Stage stage, Condition.Needs needs, boolean language, Set<String> stages) {

    Step {
        stages = Set.copyOf(stages);
    }
}
