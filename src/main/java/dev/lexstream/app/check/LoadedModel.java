package dev.lexstream.app.check;

import ai.djl.Device;
import dev.lexstream.inference.DaemonThread;
import dev.lexstream.inference.DeviceLostException;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.GoldenSample;
import dev.lexstream.nlp.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model that is loaded onto a device to see whether it says there what its golden sample says.
 *
 * @param limit of the time that this may take; native code cannot be interrupted, so it is left to a thread of its own
 */
record LoadedModel(ModelBundle bundle, Precision precision, Duration limit) {

    /**
     * What was seen on a device.
     *
     * @param seen in words
     * @param sampled whether there was a sample to compare with
     * @param failure why it cannot be used
     */
    record Outcome(String seen, boolean sampled, Optional<Throwable> failure) {}

    /** A device as settings write it. */
    static String name(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }

    /** Loads the model, computes its sample and frees it. */
    Outcome on(Device device) throws InterruptedException {
        FutureTask<Outcome> task = new FutureTask<>(() -> compared(device));
        DaemonThread.of(task, "check-" + bundle.manifest().name(), Thread.NORM_PRIORITY)
                .start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return failed(
                    new DeviceLostException("no answer on " + name(device) + " within " + limit.toSeconds() + " s", e));
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    private static Outcome failed(Throwable failure) {
        return new Outcome("", false, Optional.of(failure));
    }

    private Outcome compared(Device device) throws IOException, BundleException {
        Stopwatch loading = Stopwatch.start();
        String where = "on " + name(device) + " in " + precision.on(device);
        try (TorchModel model = precision.load(bundle, device)) {
            Tasks.of(bundle); // tokenizer and labels
            String seen = where + ": loads in " + loading;
            Optional<GoldenSample> sample = GoldenSample.read(bundle);
            if (sample.isEmpty()) {
                return new Outcome(seen + "; no " + GoldenSample.FILE + " to compare with", false, Optional.empty());
            }
            TorchRuntime.optimizeNothingInThisThread();
            Stopwatch computing = Stopwatch.start();
            List<String> differences = sample.get().differences(bundle, model);
            if (!differences.isEmpty()) {
                return failed(new BundleException(
                        bundle.folder(),
                        List.of(where + " it disagrees with its " + GoldenSample.FILE + ": "
                                + String.join("; ", differences))));
            }
            String texts = Words.counted(sample.get().examples().size(), "golden text");
            return new Outcome(seen + ", " + texts + " as expected in " + computing, true, Optional.empty());
        }
    }
}
