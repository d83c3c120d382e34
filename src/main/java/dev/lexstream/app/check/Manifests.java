package dev.lexstream.app.check;

import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the bundles of a pipeline say of themselves, whether their files are whole or not. */
final class Manifests {

    private Manifests() {}

    /** Where the bundle of a stage is. */
    static Path folder(Pipeline pipeline, StageSettings stage) {
        return pipeline.models().resolve(Path.of(stage.model()));
    }

    /** Those that can be read, by the names of the stages in their order. */
    static Map<String, ModelManifest> of(Pipeline pipeline) {
        Map<String, ModelManifest> manifests = new LinkedHashMap<>();
        for (StageSettings stage : pipeline.stages()) {
            try {
                manifests.put(stage.name(), ModelBundle.readManifest(folder(pipeline, stage)));
            } catch (BundleException | RuntimeException e) {
                // told where the bundle itself is looked at
            }
        }
        return manifests;
    }
}
