package dev.lexstream.app.check;

import dev.lexstream.failure.Reason;
import java.util.List;
import java.util.Objects;

/** What one check has come to. */
public sealed interface Finding {

    /** What it belongs to. */
    Part part();

    /** What was looked at and seen, one line; may hold foreign strings. */
    String what();

    /** More about it, each a line; may hold foreign strings. */
    List<String> details();

    /** It is as it has to be. */
    record Passed(Part part, String what, List<String> details) implements Finding {
        public Passed {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(what, "what");
            details = List.copyOf(details);
        }
    }

    /** The pipeline runs with it, but perhaps not as it is meant to. */
    record Warned(Part part, String what, List<String> details) implements Finding {
        public Warned {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(what, "what");
            details = List.copyOf(details);
        }
    }

    /**
     * The pipeline does not run with it.
     *
     * @param reason what the failure means; its exit code is that of {@code run}
     */
    record Failed(Part part, String what, List<String> details, Reason reason) implements Finding {
        public Failed {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(what, "what");
            details = List.copyOf(details);
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** It was not looked at; the details say why. */
    record LeftOut(Part part, String what, List<String> details) implements Finding {
        public LeftOut {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(what, "what");
            details = List.copyOf(details);
        }
    }
}
