package dev.lexstream.config;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be run. The message names every problem, each on a line of its own. */
public final class ConfigurationException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1L;

    /** Not serialized: the message holds the same text. */
    private final transient List<ConfigProblem> problems;

    /**
     * @param what the configuration, such as the file's name
     * @param problems at least one
     */
    public ConfigurationException(String what, List<ConfigProblem> problems) {
        super(problems.stream()
                .map(problem -> "  " + problem)
                .collect(Collectors.joining(
                        "\n",
                        what
                                + (problems.size() == 1
                                        ? " has 1 problem:\n"
                                        : " has %d problems:\n".formatted(problems.size())),
                        "")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems must not be empty");
        }
        this.problems = List.copyOf(problems);
    }

    /** The problems in the order of the configuration. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    @Override
    public Reason reason() {
        return Reason.CONFIGURATION;
    }
}
