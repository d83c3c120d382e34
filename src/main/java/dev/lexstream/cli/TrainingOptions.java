package dev.lexstream.cli;

import dev.lexstream.model.TorchRuntime;
import dev.lexstream.train.TrainingSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every {@code lexstream train} command that say how to train. Each command has its own defaults. */
final class TrainingOptions {

    private static final double GRADIENT_NORM = 5.0;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the data at most. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Epochs without a better dev score before stopping. Default: ${DEFAULT-VALUE}.")
    private int patience = 5;

    @Option(names = "--batch-size", paramLabel = "N", description = "Examples in a batch. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Adam's learning rate after warm-up. Default: ${DEFAULT-VALUE}.")
    private double learningRate;

    @Option(
            names = "--warmup",
            paramLabel = "STEPS",
            description =
                    "Steps over which the learning rate rises, at most a quarter of all. Default: ${DEFAULT-VALUE}.")
    private int warmup = 400;

    @Option(
            names = "--average-decay",
            paramLabel = "X",
            description = "Decay of the running average of the weights. Default: ${DEFAULT-VALUE}.")
    private double averageDecay = 0.998;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed = 17;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "CPU threads to compute with. Default: one for each processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Keep the state of the training here after each epoch, and go on from it when it is there.")
    private Path checkpoint;

    /** The defaults of a command. */
    TrainingOptions(int epochs, int batchSize, double learningRate) {
        this.epochs = epochs;
        this.batchSize = batchSize;
        this.learningRate = learningRate;
    }

    TrainingSettings settings() {
        return new TrainingSettings(
                epochs,
                patience,
                batchSize,
                learningRate,
                warmup,
                GRADIENT_NORM,
                averageDecay,
                seed,
                Optional.ofNullable(checkpoint));
    }

    /** Starts PyTorch with the number of threads asked for. */
    void startRuntime() {
        new TorchRuntime(threads).start();
    }
}
