package dev.lexstream.app;

import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A pipeline as its bundles and its conditions complete it, before anything of it is started.
 *
 * @param pipeline the settings
 * @param stages one for each stage of the settings, in their order
 */
public record PipelineOutline(Pipeline pipeline, List<Stage> stages) {

    /**
     * A stage.
     *
     * @param settings of the stage
     * @param model name and version of its model
     * @param languages tags of those that the model takes; empty for any
     * @param asked names of the stages that its condition asks for, in alphabetical order
     */
    public record Stage(StageSettings settings, String model, List<String> languages, List<String> asked) {
        public Stage {
            Objects.requireNonNull(settings, "settings");
            Objects.requireNonNull(model, "model");
            languages = List.copyOf(languages);
            asked = List.copyOf(asked);
        }
    }

    public PipelineOutline {
        Objects.requireNonNull(pipeline, "pipeline");
        stages = List.copyOf(stages);
    }

    /**
     * Opens the bundles and compiles the conditions.
     *
     * @throws BundleException when a bundle is missing or altered
     * @throws dev.lexstream.config.ConfigurationException naming everything that is wrong with the conditions
     */
    public static PipelineOutline of(Pipeline pipeline) throws BundleException {
        StageModels models = StageModels.open(pipeline);
        Conditions conditions = Conditions.compile(pipeline, models.annotations());
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < models.bundles().size(); i++) {
            StageSettings settings = pipeline.stages().get(i);
            ModelManifest manifest = models.bundles().get(i).manifest();
            Set<String> asked =
                    new TreeSet<>(conditions.of(settings.name()).needs().outcomes());
            stages.add(new Stage(
                    settings, manifest.name() + " " + manifest.version(), manifest.languages(), List.copyOf(asked)));
        }
        return new PipelineOutline(pipeline, stages);
    }
}
