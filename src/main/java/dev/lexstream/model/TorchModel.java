package dev.lexstream.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model loaded onto one device.
 *
 * <p>Threading: {@link #call} from one thread at a time.
 */
public final class TorchModel implements AutoCloseable {

    private final Model model;
    private final ParameterStore parameters;

    TorchModel(Model model) {
        this.model = model;
        this.parameters = new ParameterStore(model.getNDManager(), false);
    }

    /**
     * Writes weights as an archive and loads it for inference.
     *
     * @throws IOException when the archive cannot be written or PyTorch cannot read it
     */
    public static TorchModel load(
            Architecture architecture, Map<String, Tensor> weights, ElementType precision, Device device)
            throws IOException {
        try (ModelArchive archive = ModelArchive.write(architecture, weights, precision)) {
            return archive.load(device);
        }
    }

    /** Opens an archive with DJL; {@code trainable} keeps gradients. */
    public static Model open(Path archive, Device device, boolean trainable) throws IOException {
        Model model = Model.newInstance(archive.getFileName().toString(), device, TorchRuntime.ENGINE);
        try {
            Map<String, String> options = Map.of("mapLocation", "true", "trainParam", Boolean.toString(trainable));
            model.load(
                    archive.toAbsolutePath().getParent(), archive.getFileName().toString(), options);
            return model;
        } catch (MalformedModelException | IOException | RuntimeException e) {
            model.close();
            throw new IOException(archive + ": PyTorch cannot load this archive: " + e.getMessage(), e);
        }
    }

    /** Where the model computes; inputs are made with a sub-manager of this one. */
    public NDManager manager() {
        return model.getNDManager();
    }

    /**
     * Calls a method of the model.
     *
     * @param method such as {@code forward} or {@code tag}
     * @param inputs its arguments; the result is attached to the manager of the first
     */
    public NDList call(String method, NDList inputs) {
        return model.getBlock().forward(parameters, withMethod(method, inputs), false);
    }

    /** Names the method by an extra array, as DJL's {@code module_method:} convention has it. */
    public static NDList withMethod(String method, NDList inputs) {
        NDArray marker = inputs.head().getManager().create(0);
        marker.setName("module_method:" + method);
        NDList call = new NDList(inputs);
        call.add(marker);
        return call;
    }

    @Override
    public void close() {
        model.close();
    }
}
