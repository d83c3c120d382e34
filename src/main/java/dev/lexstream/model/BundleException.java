package dev.lexstream.model;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A model bundle cannot be used as it is. The message, one line, names the folder and what is wrong with it. */
public final class BundleException extends Exception implements Classified {

    private static final long serialVersionUID = 1L;

    /** A file of foreign make can be wrong in a hundred thousand places, with names as long as it likes. */
    private static final int MOST_PROBLEMS = 20;

    private static final int LONGEST_PROBLEM = 2_000;

    public BundleException(Path folder, List<String> problems) {
        this(folder, problems, null);
    }

    public BundleException(Path folder, List<String> problems, Throwable cause) {
        super("model bundle " + folder + ": " + line(problems), cause);
    }

    private static String line(List<String> problems) {
        String named = problems.stream()
                .limit(MOST_PROBLEMS)
                .map(BundleException::shortened)
                .collect(Collectors.joining("; "));
        int more = problems.size() - MOST_PROBLEMS;
        return more > 0 ? named + "; and " + more + " more" : named;
    }

    private static String shortened(String problem) {
        String line = problem.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_PROBLEM ? line : line.substring(0, LONGEST_PROBLEM) + "...";
    }

    @Override
    public Reason reason() {
        return Reason.MODEL;
    }
}
