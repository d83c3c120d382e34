package dev.lexstream.app.check;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * A pipeline with the file that it is from, whose lines are named in problems.
 *
 * @param file where it is from
 * @param loader that has read it
 * @param pipeline what it says
 */
record Loaded(Path file, PipelineLoader loader, Pipeline pipeline) {

    /** The same problems with their lines. */
    ConfigurationException located(ConfigurationException found) {
        return loader.located(file, found);
    }

    /** One problem with its line. */
    ConfigurationException located(ConfigProblem problem) {
        return located(new ConfigurationException("pipeline", List.of(problem)));
    }
}
