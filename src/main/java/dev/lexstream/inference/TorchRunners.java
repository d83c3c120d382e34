package dev.lexstream.inference;

import ai.djl.Device;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelArchive;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.GoldenSample;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a copy of each model onto each device. On each device, a model that is not in fp32 on the CPU is compared with the
 * bundle's golden sample, and refused when it disagrees.
 */
public final class TorchRunners implements RunnerFactory {

    private static final Logger LOG = LoggerFactory.getLogger(TorchRunners.class);

    private final List<Device> devices;
    private final Precision precision;
    private final Map<Device, DeviceTurns> turns;

    /** Loads one copy onto the CPU, in fp32. PyTorch must have started. */
    public TorchRunners() {
        this(List.of(Devices.cpu()), Precision.FP32, turns(List.of(Devices.cpu())));
    }

    /**
     * @param devices one for each copy, all of one type; see {@link Devices#resolve}. The CPU may be listed several times
     * @param precision number format of all copies
     * @param turns the turns on each device, shared between all models; see {@link #turns(List)}
     * @throws IllegalArgumentException when the devices do not compute in this precision
     */
    public TorchRunners(List<Device> devices, Precision precision, Map<Device, DeviceTurns> turns) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("devices must be at least one, found none");
        }
        this.devices = List.copyOf(devices);
        this.precision = precision.on(devices.get(0));
        this.turns = Map.copyOf(turns);
    }

    /**
     * Makes the turns of devices. A GPU computes one batch at a time. The CPU computes as many as its processors allow,
     * with PyTorch's threads for each batch.
     */
    public static Map<Device, DeviceTurns> turns(List<Device> devices) {
        int onCpu = Math.max(1, Runtime.getRuntime().availableProcessors() / TorchRuntime.activeThreads());
        return devices.stream()
                .distinct()
                .collect(Collectors.toMap(device -> device, device -> DeviceTurns.atOnce(device.isGpu() ? 1 : onCpu)));
    }

    @Override
    public <P extends Prepared, R> List<BatchRunner<P, R>> runners(ModelBundle bundle, Task<?, P, R, ?> task)
            throws IOException, BundleException {
        List<BatchRunner<P, R>> runners = new ArrayList<>();
        try (ModelArchive archive = archive(bundle)) {
            Set<Device> checked = new LinkedHashSet<>();
            for (Device device : devices) {
                TorchModel model = archive.load(device);
                runners.add(new TorchRunner<>(model, task, turns.get(device)));
                if (checked.add(device)) {
                    check(bundle, model, device);
                }
            }
            return runners;
        } catch (IOException | BundleException | RuntimeException e) {
            runners.forEach(BatchRunner::close);
            throw e;
        }
    }

    private ModelArchive archive(ModelBundle bundle) throws IOException, BundleException {
        precision.checkFor(bundle);
        return ModelArchive.write(bundle.manifest().architecture(), bundle.weights(), precision.elementType());
    }

    private void check(ModelBundle bundle, TorchModel model, Device device) throws BundleException {
        if (precision == Precision.FP32 && !device.isGpu()) {
            return;
        }
        Optional<GoldenSample> sample = GoldenSample.read(bundle);
        if (sample.isEmpty()) {
            LOG.warn(
                    "model {}: no {} in its bundle, so {} on {} is not compared with fp32 on the CPU",
                    bundle.manifest().name(),
                    GoldenSample.FILE,
                    precision,
                    device);
            return;
        }
        TorchRuntime.optimizeNothingInThisThread();
        String which = "model " + bundle.manifest().name() + " in " + precision + " on " + device;
        List<String> differences;
        try {
            differences = sample.get().differences(bundle, model);
        } catch (RuntimeException e) {
            String failure = which + " fails on its golden sample: " + e.getMessage();
            throw new BundleException(bundle.folder(), List.of(failure), e);
        }
        if (!differences.isEmpty()) {
            String disagreement = which + " disagrees with fp32 on the CPU: " + String.join("; ", differences)
                    + "; use precision fp32";
            throw new BundleException(bundle.folder(), List.of(disagreement));
        }
    }
}
