package dev.lexstream.model;

import ai.djl.Device;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.ScriptArchive;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A model's weights as a TorchScript archive in a temporary file: written once, loaded for each device. */
public final class ModelArchive implements AutoCloseable {

    private final Path file;

    private ModelArchive(Path file) {
        this.file = file;
    }

    /**
     * Writes the archive.
     *
     * @param precision that it computes in; {@code INT8} for architectures that have linear layers for it
     * @throws IOException when it cannot be written
     */
    public static ModelArchive write(Architecture architecture, Map<String, Tensor> weights, ElementType precision)
            throws IOException {
        ModelArchive archive = new ModelArchive(Files.createTempFile("lexstream-" + architecture.source(), ".pt"));
        archive.file.toFile().deleteOnExit(); // a signal may end the process while the model loads
        try {
            ScriptArchive.write(archive.file, architecture, weights, precision);
            return archive;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /**
     * Loads a copy of the model for inference.
     *
     * @throws IOException when PyTorch cannot read it onto this device
     */
    public TorchModel load(Device device) throws IOException {
        return new TorchModel(TorchModel.open(file, device, false));
    }

    /** Deletes the file; loaded copies do not need it. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
