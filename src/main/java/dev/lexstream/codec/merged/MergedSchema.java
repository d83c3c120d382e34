package dev.lexstream.codec.merged;

import dev.lexstream.registry.SchemaSource;
import java.util.Set;

/** What becomes of a writer's schema. */
public sealed interface MergedSchema {

    /**
     * A schema whose records have one more optional last field. A value is the writer's with that field behind it.
     *
     * @param source the schema; that of the writer where nothing had to be added
     * @param extended full names of the top-level records that got the field
     * @param held full names of those that had it already, from another pipeline with the same name of the field
     * @param isNested whether a record that got the field can be inside another, so that values are more than the writer's bytes
     *     and the field's
     */
    record Derived(SchemaSource source, Set<String> extended, Set<String> held, boolean isNested)
            implements MergedSchema {
        public Derived {
            extended = Set.copyOf(extended);
            held = Set.copyOf(held);
        }
    }

    /**
     * No such schema can be made.
     *
     * @param problem what was found and what is allowed
     */
    record Refused(String problem) implements MergedSchema {}
}
