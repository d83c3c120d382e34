package dev.lexstream.app.check;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.LocalResources;
import dev.lexstream.failure.Reason;
import dev.lexstream.stream.fault.FailureReasons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;

/** Hands findings on as they come, and counts them. Used by one thread. */
final class Findings {

    private final Consumer<Finding> sink;
    private final List<Finding> all = new ArrayList<>();

    /** @param sink gets each finding at once, since the next may take seconds */
    Findings(Consumer<Finding> sink) {
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    void add(Finding finding) {
        all.add(finding);
        sink.accept(finding);
    }

    void passed(Part part, String what, String... details) {
        add(new Finding.Passed(part, what, List.of(details)));
    }

    void warned(Part part, String what, String... details) {
        add(new Finding.Warned(part, what, List.of(details)));
    }

    void leftOut(Part part, String what, String... details) {
        add(new Finding.LeftOut(part, what, List.of(details)));
    }

    /** A failure, by what it says and means. */
    void failed(Part part, String what, Throwable failure) {
        failed(part, what, failure, Reason.INTERNAL);
    }

    /**
     * As {@link #failed(Part, String, Throwable)}.
     *
     * @param otherwise what it means where the failure does not say so itself
     * @throws InterruptException when the failure is an interruption, which ends all checks
     */
    void failed(Part part, String what, Throwable failure, Reason otherwise) {
        if (failure instanceof InterruptException interrupted) {
            throw interrupted;
        }
        Reason reason = FailureReasons.of(failure);
        add(new Finding.Failed(part, what, lines(failure), reason == Reason.INTERNAL ? otherwise : reason));
    }

    /** What a failure says: the problems of a configuration one by one. */
    static List<String> lines(Throwable failure) {
        if (failure instanceof ConfigurationException e) {
            return e.problems().stream().map(Object::toString).toList();
        }
        String message = LocalResources.lacking(failure).orElseGet(() -> FailureReasons.message(failure));
        return Arrays.stream(message.split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Whether a part has failed so far. */
    boolean hasFailed(Part part) {
        return all.stream().anyMatch(finding -> finding instanceof Finding.Failed && finding.part() == part);
    }

    Summary summary() {
        ExitCode code = all.stream()
                .filter(Finding.Failed.class::isInstance)
                .map(Finding.Failed.class::cast)
                .min(Comparator.comparing(Finding.Failed::part))
                .map(first -> first.reason().exitCode())
                .orElse(ExitCode.OK);
        return new Summary(
                count(Finding.Passed.class),
                count(Finding.Warned.class),
                count(Finding.Failed.class),
                count(Finding.LeftOut.class),
                code);
    }

    private int count(Class<? extends Finding> kind) {
        return (int) all.stream().filter(kind::isInstance).count();
    }
}
