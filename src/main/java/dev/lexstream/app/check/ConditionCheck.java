package dev.lexstream.app.check;

import dev.lexstream.app.Conditions;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the conditions of stages and routes compile. Of the models only the manifests are needed: what each stage makes. */
record ConditionCheck(Loaded loaded) {

    private static final String WHAT = "conditions of stages and routes";

    void check(Findings findings) {
        Pipeline pipeline = loaded.pipeline();
        int conditions = pipeline.routes().size()
                + (int) pipeline.stages().stream()
                        .filter(stage -> stage.when().isPresent())
                        .count();
        if (conditions == 0) {
            findings.passed(Part.CONDITIONS, "none");
            return;
        }
        Map<String, Class<? extends Annotation>> annotations = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        Map<String, ModelManifest> manifests = Manifests.of(pipeline);
        for (StageSettings stage : pipeline.stages()) {
            try {
                ModelManifest manifest = manifests.get(stage.name());
                if (manifest == null) {
                    unknown.add(stage.name());
                } else {
                    annotations.put(
                            stage.name(),
                            Tasks.annotation(new ModelBundle(Manifests.folder(pipeline, stage), manifest)));
                }
            } catch (BundleException e) {
                unknown.add(stage.name()); // it annotates nothing
            }
        }
        if (!unknown.isEmpty()) {
            findings.leftOut(
                    Part.CONDITIONS,
                    WHAT,
                    "what they may ask for is not known without the model of stage " + Words.names(unknown));
            return;
        }
        try {
            Conditions.compile(pipeline, annotations);
            findings.passed(Part.CONDITIONS, Words.counted(conditions, "condition"));
        } catch (ConfigurationException e) {
            findings.failed(Part.CONDITIONS, WHAT, loaded.located(e));
        } catch (RuntimeException | LinkageError e) {
            findings.failed(Part.CONDITIONS, WHAT, e);
        }
    }
}
