package dev.lexstream.cli;

import dev.lexstream.train.TrainingSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a pre-training that comes before a training; seed, averaging and patience are the training's. */
final class PretrainingOptions {

    private static final String CHECKPOINTS = "pretraining";

    @Option(
            names = "--pretrain-epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Passes over the unlabelled texts at most. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--pretrain-batch-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Unlabelled texts in a batch. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--pretrain-learning-rate",
            paramLabel = "X",
            defaultValue = "0.001",
            description = "Adam's learning rate in pre-training. Default: ${DEFAULT-VALUE}.")
    private double learningRate;

    TrainingSettings settings(TrainingSettings training) {
        Optional<Path> checkpoint = training.checkpoint().map(folder -> folder.resolve(CHECKPOINTS));
        return new TrainingSettings(
                epochs,
                training.patience(),
                batchSize,
                learningRate,
                training.warmupSteps(),
                training.gradientNorm(),
                training.averageDecay(),
                training.seed(),
                checkpoint);
    }
}
