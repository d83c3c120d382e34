package dev.lexstream.train;

import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.Safetensors;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a training after an epoch, in one safetensors file: written aside, then renamed, so that a checkpoint is
 * whole or not there.
 *
 * @param epoch the last epoch that is complete
 * @param steps taken until then
 * @param best what had the best dev score so far
 * @param state of the optimization
 */
record Checkpoint(int epoch, int steps, Best best, Map<String, Tensor> state) {

    private static final String FILE = "checkpoint.safetensors";
    private static final String BEST = "best.";

    /** The best weights of a training so far. */
    record Best(int epoch, double score, Map<String, Tensor> weights) {

        static final Best NONE = new Best(0, Double.NEGATIVE_INFINITY, Map.of());
    }

    void write(Path folder, Architecture architecture) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>(state);
        best.weights().forEach((name, tensor) -> tensors.put(BEST + name, tensor));
        Map<String, String> metadata = Map.of(
                "architecture", architecture.toString(),
                "epoch", Integer.toString(epoch),
                "steps", Integer.toString(steps),
                "bestEpoch", Integer.toString(best.epoch()),
                "bestScore", Double.toString(best.score()));
        Files.createDirectories(folder);
        Path aside = folder.resolve(FILE + ".new");
        Safetensors.write(aside, tensors, metadata);
        Files.move(aside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether a folder has a checkpoint. */
    static boolean exists(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /**
     * Reads a checkpoint.
     *
     * @throws TrainingException when it is of another architecture
     */
    static Checkpoint read(Path folder, Architecture architecture) throws IOException, TrainingException {
        Path file = folder.resolve(FILE);
        Map<String, String> metadata = Safetensors.metadata(file);
        String found = metadata.get("architecture");
        if (!architecture.toString().equals(found)) {
            throw new TrainingException(file + ": the checkpoint is of " + found + ", this training of " + architecture
                    + "; name another folder or train with the same options");
        }
        Map<String, Tensor> best = new LinkedHashMap<>();
        Map<String, Tensor> state = new LinkedHashMap<>();
        Safetensors.read(file).forEach((name, tensor) -> {
            if (name.startsWith(BEST)) {
                best.put(name.substring(BEST.length()), tensor);
            } else {
                state.put(name, tensor);
            }
        });
        return new Checkpoint(
                Integer.parseInt(metadata.get("epoch")),
                Integer.parseInt(metadata.get("steps")),
                new Best(
                        Integer.parseInt(metadata.get("bestEpoch")),
                        Double.parseDouble(metadata.get("bestScore")),
                        best),
                state);
    }
}
