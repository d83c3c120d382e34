package dev.lexstream.app;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.Pipeline;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.Precision;
import dev.lexstream.nlp.Tasks;
import dev.lexstream.plan.StageInput;
import java.util.Map;
import java.util.Optional;

/** What the settings of one stage and its model ask of each other. */
public final class StageFit {

    private StageFit() {}

    /**
     * Why the model of a stage cannot read the stage's input: a pair for one that takes one text, or the translation of a stage
     * that makes none. Empty when it can.
     *
     * @param earlier manifests of the stages before it, by their names; those that are lacking are not judged
     */
    public static Optional<ConfigProblem> inputProblem(
            Pipeline pipeline, int stage, ModelBundle bundle, Map<String, ModelManifest> earlier) {
        String where = "stages[" + stage + "].input";
        StageInput input = pipeline.stages().get(stage).input().orElse(StageInput.mainText());
        if (input instanceof StageInput.Pair && !Tasks.takesPairs(bundle)) {
            return Optional.of(new ConfigProblem(
                    where, "a pair of texts", "allowed is one text: the model is no classifier of pairs"));
        }
        if (input instanceof StageInput.Translation translation
                && earlier.containsKey(translation.stage())
                && earlier.get(translation.stage()).task() != TaskKind.TRANSLATOR) {
            return Optional.of(new ConfigProblem(
                    where,
                    "stages." + translation.stage() + ".translation",
                    "allowed is a stage that translates; stage " + translation.stage() + " does not"));
        }
        return Optional.empty();
    }

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
