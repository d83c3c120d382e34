package dev.lexstream.train;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model is trained.
 *
 * @param epochs passes over the data at most
 * @param patience epochs without a better dev score after which training stops
 * @param batchSize examples in a batch
 * @param learningRate Adam's step size after warm-up; it then falls to a twentieth along a cosine
 * @param warmupSteps steps over which the learning rate rises from zero; never more than a quarter of all, so that a short
 *     training has it too
 * @param gradientNorm longer gradients are scaled down to this norm
 * @param averageDecay decay of the running average of the weights, which is what is evaluated and kept
 * @param seed of everything random
 * @param checkpoint folder that keeps the state after each epoch, so that a training that was interrupted goes on there
 */
public record TrainingSettings(
        int epochs,
        int patience,
        int batchSize,
        double learningRate,
        int warmupSteps,
        double gradientNorm,
        double averageDecay,
        long seed,
        Optional<Path> checkpoint) {

    private static final int WARMUP_SHARE = 4;

    public TrainingSettings {
        atLeastOne("epochs", epochs);
        atLeastOne("patience", patience);
        atLeastOne("batchSize", batchSize);
        if (learningRate <= 0 || gradientNorm <= 0) {
            throw new IllegalArgumentException(
                    "learningRate and gradientNorm must be positive, found " + learningRate + " and " + gradientNorm);
        }
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("warmupSteps must not be negative, found " + warmupSteps);
        }
        if (averageDecay < 0 || averageDecay >= 1) {
            throw new IllegalArgumentException("averageDecay must be in [0, 1), found " + averageDecay);
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, found " + value);
        }
    }

    /**
     * The learning rate at a step of a training of {@code total} steps.
     *
     * @param step from 1
     */
    float learningRate(int step, int total) {
        int warmup = Math.min(warmupSteps, total / WARMUP_SHARE);
        if (step <= warmup) {
            return (float) (learningRate * step / warmup);
        }
        double progress = Math.min(1, (double) (step - warmup) / Math.max(1, total - warmup));
        double cosine = 0.5 * (1 + Math.cos(Math.PI * progress));
        return (float) (learningRate * (0.05 + 0.95 * cosine));
    }
}
