package dev.lexstream.app;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.Pipeline;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import java.util.Optional;

/** What the settings of one stage and its model ask of each other. */
public final class StageFit {

    private StageFit() {}

    /** Why the batches are too small for the model of a stage; empty when they are not. */
    public static Optional<ConfigProblem> budgetProblem(Pipeline pipeline, int stage, ModelBundle bundle) {
        int budget = pipeline.inference().maxBatchTokens();
        int longest = bundle.manifest().longestInput();
        return longest <= budget
                ? Optional.empty()
                : Optional.of(new ConfigProblem(
                        "inference.max-batch-tokens",
                        Integer.toString(budget),
                        "allowed is " + longest + " or more, the longest input of stage "
                                + pipeline.stages().get(stage).name()));
    }

    /** The number format that is asked for at a stage. */
    public static Precision precision(Pipeline pipeline, int stage) {
        return pipeline.stages()
                .get(stage)
                .precision()
                .orElse(pipeline.inference().precision());
    }

    /** The setting that {@link #precision} comes from. */
    public static String precisionKey(Pipeline pipeline, int stage) {
        return pipeline.stages().get(stage).precision().isPresent()
                ? "stages[" + stage + "].precision"
                : "inference.precision";
    }
}
