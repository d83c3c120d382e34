package dev.lexstream.plan.condition;

import java.util.Objects;

/** Where an enriched event goes. */
public sealed interface Target {

    /** Into a topic. */
    record Topic(String name) implements Target {
        public Topic {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return "topic " + name;
        }
    }

    /** Nowhere: the event ends here, and is no dead letter. */
    record Drop() implements Target {
        @Override
        public String toString() {
            return "drop";
        }
    }
}
