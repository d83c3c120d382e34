package dev.lexstream.app.check;

import ai.djl.Device;
import dev.lexstream.app.StageFit;
import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.failure.Reason;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the stages' models are whole and compute on the devices what they say.
 *
 * @param limit of the time for one model on one device
 */
record ModelCheck(Loaded loaded, Duration limit) {

    void check(Findings findings) throws InterruptedException {
        List<Device> devices = devices(findings);
        for (int i = 0; i < loaded.pipeline().stages().size(); i++) {
            check(i, devices, findings);
        }
    }

    /** The devices that models are loaded onto, each once; none when they cannot be had. */
    private List<Device> devices(Findings findings) {
        Pipeline pipeline = loaded.pipeline();
        Devices wanted = pipeline.inference().device();
        try {
            new TorchRuntime(pipeline.inference().threads()).start();
            List<Device> devices = wanted
                    .resolve(Devices.gpus(), pipeline.inference().workers())
                    .stream()
                    .distinct()
                    .toList();
            findings.passed(
                    Part.MODELS,
                    "PyTorch on " + devices.stream().map(LoadedModel::name).collect(Collectors.joining(", ")));
            return devices;
        } catch (IllegalArgumentException e) {
            ConfigProblem problem = new ConfigProblem("inference.device", wanted.toString(), e.getMessage());
            findings.failed(Part.MODELS, "devices", loaded.located(problem));
        } catch (RuntimeException | LinkageError e) {
            findings.failed(Part.MODELS, "PyTorch does not start", e, Reason.INSTALLATION);
        }
        return List.of();
    }

    private void check(int index, List<Device> devices, Findings findings) throws InterruptedException {
        Pipeline pipeline = loaded.pipeline();
        StageSettings stage = pipeline.stages().get(index);
        String what = "stage " + stage.name();
        try {
            ModelBundle bundle = ModelBundle.open(Manifests.folder(pipeline, stage));
            Tasks.annotation(bundle);
            what += described(bundle.manifest());
            List<String> details = new ArrayList<>();
            details.add(bundle.folder() + ": "
                    + Words.counted(bundle.manifest().files().size(), "file") + ", SHA-256 as in "
                    + ModelBundle.MANIFEST);
            Optional<ConfigProblem> problem = problem(index, bundle, devices);
            if (problem.isPresent()) {
                findings.failed(Part.MODELS, what, loaded.located(problem.get()));
            } else if (devices.isEmpty()) {
                details.add("not loaded: there is no device for it");
                findings.add(new Finding.Warned(Part.MODELS, what, details));
            } else {
                compute(
                        what,
                        new LoadedModel(bundle, StageFit.precision(pipeline, index), limit),
                        devices,
                        details,
                        findings);
            }
        } catch (BundleException | RuntimeException e) {
            findings.failed(Part.MODELS, what, e, Reason.MODEL);
        }
    }

    private static void compute(
            String what, LoadedModel model, List<Device> devices, List<String> details, Findings findings)
            throws InterruptedException {
        boolean sampled = true;
        for (Device device : devices) {
            LoadedModel.Outcome outcome = model.on(device);
            if (outcome.failure().isPresent()) {
                findings.failed(Part.MODELS, what, outcome.failure().get(), Reason.MODEL);
                return;
            }
            sampled &= outcome.sampled();
            details.add(outcome.seen());
        }
        findings.add(
                sampled
                        ? new Finding.Passed(Part.MODELS, what, details)
                        : new Finding.Warned(Part.MODELS, what, details));
    }

    private Optional<ConfigProblem> problem(int index, ModelBundle bundle, List<Device> devices) {
        Pipeline pipeline = loaded.pipeline();
        Precision precision = StageFit.precision(pipeline, index);
        try {
            precision.checkFor(bundle.manifest().architecture());
            devices.forEach(precision::on);
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    new ConfigProblem(StageFit.precisionKey(pipeline, index), precision.toString(), e.getMessage()));
        }
        return StageFit.inputProblem(pipeline, index, bundle, Manifests.of(pipeline))
                .or(() -> StageFit.budgetProblem(pipeline, index, bundle));
    }

    private static String described(ModelManifest manifest) {
        String languages = manifest.languages().isEmpty() ? "any language" : String.join(", ", manifest.languages());
        return ": %s %s, %s of %s"
                .formatted(
                        manifest.name(),
                        manifest.version(),
                        manifest.task().name().toLowerCase(Locale.ROOT),
                        languages);
    }
}
