package dev.lexstream.app;

import ai.djl.Device;
import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.inference.DeviceTurns;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.inference.TorchRunners;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.Precision;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Tasks;
import dev.lexstream.plan.StageInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The bundles of a pipeline's stages, and the settings that only make sense together with them or with the machine.
 *
 * @param pipeline that they are for
 * @param bundles one for each stage, in their order
 */
record StageModels(Pipeline pipeline, List<ModelBundle> bundles) {

    /**
     * Opens the bundles.
     *
     * @throws BundleException when one is missing or altered
     */
    static StageModels open(Pipeline pipeline) throws BundleException {
        List<ModelBundle> bundles = new ArrayList<>();
        for (StageSettings stage : pipeline.stages()) {
            bundles.add(ModelBundle.open(pipeline.models().resolve(Path.of(stage.model()))));
        }
        return new StageModels(pipeline, List.copyOf(bundles));
    }

    /** Tags of the languages of all models. */
    Set<String> languages() {
        return bundles.stream()
                .flatMap(bundle -> bundle.manifest().languages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What each stage makes, by the stages' names in their order.
     *
     * @throws BundleException when a bundle annotates nothing
     */
    Map<String, Class<? extends Annotation>> annotations() throws BundleException {
        Map<String, Class<? extends Annotation>> annotations = new LinkedHashMap<>();
        for (int i = 0; i < bundles.size(); i++) {
            annotations.put(pipeline.stages().get(i).name(), Tasks.annotation(bundles.get(i)));
        }
        return annotations;
    }

    /**
     * What puts each stage's model onto PyTorch's devices.
     *
     * @param gpus that PyTorch can use
     * @return one for each stage
     * @throws ConfigurationException naming every input, device, precision and budget that does not fit
     */
    List<RunnerFactory> onTorch(int gpus) {
        InferenceSettings settings = pipeline.inference();
        List<ConfigProblem> problems = problems();
        List<Device> devices = attempt(problems, "inference.device", settings.device(), () -> settings.device()
                .resolve(gpus, settings.workers()));
        List<RunnerFactory> runners = new ArrayList<>();
        Map<Device, DeviceTurns> turns = devices == null ? Map.of() : TorchRunners.turns(devices);
        for (int i = 0; devices != null && i < pipeline.stages().size(); i++) {
            StageSettings stage = pipeline.stages().get(i);
            Precision precision = stage.precision().orElse(settings.precision());
            String where = stage.precision().isPresent() ? "stages[" + i + "].precision" : "inference.precision";
            ModelBundle bundle = bundles.get(i);
            runners.add(attempt(problems, where, precision, () -> {
                precision.checkFor(bundle.manifest().architecture());
                return new TorchRunners(devices, precision, turns);
            }));
        }
        refuse(problems);
        return runners;
    }

    /**
     * The same factory for all stages.
     *
     * @throws ConfigurationException naming every input and budget that does not fit
     */
    List<RunnerFactory> on(RunnerFactory devices) {
        refuse(problems());
        return bundles.stream().map(bundle -> devices).toList();
    }

    private List<ConfigProblem> problems() {
        List<ConfigProblem> problems = new ArrayList<>();
        addInputProblems(problems);
        int budget = pipeline.inference().maxBatchTokens();
        for (int i = 0; i < bundles.size(); i++) {
            int longest = bundles.get(i).manifest().longestInput();
            if (longest > budget) {
                problems.add(new ConfigProblem(
                        "inference.max-batch-tokens",
                        Integer.toString(budget),
                        "allowed is " + longest + " or more, the longest input of stage "
                                + pipeline.stages().get(i).name()));
            }
        }
        return problems;
    }

    /** Pairs for models that take one text, and translations of stages that make none. */
    private void addInputProblems(List<ConfigProblem> problems) {
        Map<String, ModelBundle> earlier = new LinkedHashMap<>();
        for (int i = 0; i < bundles.size(); i++) {
            String where = "stages[" + i + "].input";
            StageInput input = pipeline.stages().get(i).input().orElse(StageInput.mainText());
            if (input instanceof StageInput.Pair && !Tasks.takesPairs(bundles.get(i))) {
                problems.add(new ConfigProblem(
                        where, "a pair of texts", "allowed is one text: the model is no classifier of pairs"));
            } else if (input instanceof StageInput.Translation translation
                    && earlier.get(translation.stage()).manifest().task() != TaskKind.TRANSLATOR) {
                problems.add(new ConfigProblem(
                        where,
                        "stages." + translation.stage() + ".translation",
                        "allowed is a stage that translates; stage " + translation.stage() + " does not"));
            }
            earlier.put(pipeline.stages().get(i).name(), bundles.get(i));
        }
    }

    private static <T> T attempt(List<ConfigProblem> problems, String where, Object found, Supplier<T> resolution) {
        try {
            return resolution.get();
        } catch (IllegalArgumentException e) {
            ConfigProblem problem = new ConfigProblem(where, found.toString(), e.getMessage());
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
            return null;
        }
    }

    private static void refuse(List<ConfigProblem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException("pipeline", problems);
        }
    }
}
