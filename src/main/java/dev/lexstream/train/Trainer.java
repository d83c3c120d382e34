package dev.lexstream.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.lexstream.model.TorchModel;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.ScriptArchive;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Trains an architecture by minimizing its {@code loss} method, until the dev score no longer rises. One training at a
 * time in a process: DJL collects gradients globally.
 */
final class Trainer {

    private final Architecture architecture;
    private final TrainingSettings settings;
    private final TrainingProgress progress;

    Trainer(Architecture architecture, TrainingSettings settings, TrainingProgress progress) {
        this.architecture = architecture;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains from random weights.
     *
     * @return the weights of the epoch with the best dev score
     * @throws TrainingException when the loss is no longer a number
     */
    Map<String, Tensor> train(Objective objective) throws IOException, TrainingException {
        Path archive = Files.createTempFile("lexstream-training", ".pt");
        try {
            ScriptArchive.write(archive, architecture, architecture.start(settings.seed()), ElementType.FLOAT32);
            try (Model model = TorchModel.open(archive, Device.cpu(), true)) {
                return train(objective, model);
            }
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private Map<String, Tensor> train(Objective objective, Model model) throws IOException, TrainingException {
        SplittableRandom random = new SplittableRandom(settings.seed());
        model.getNDManager().getEngine().setRandomSeed((int) settings.seed());
        Optimization optimization = null;
        Map<String, Tensor> best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        int bestEpoch = 0;
        for (int epoch = 1; epoch <= settings.epochs() && epoch - bestEpoch <= settings.patience(); epoch++) {
            List<Function<NDManager, NDList>> batches = objective.epoch(random);
            if (optimization == null) {
                optimization = new Optimization(
                        model.getBlock().getParameters(),
                        model.getNDManager(),
                        settings,
                        settings.epochs() * batches.size());
            }
            float loss = epoch(epoch, batches, model, optimization);
            Map<String, Tensor> weights = optimization.average();
            double score = objective.score(weights);
            progress.epoch(epoch, loss, score, score > bestScore);
            if (score > bestScore) {
                best = weights;
                bestScore = score;
                bestEpoch = epoch;
            }
        }
        return best;
    }

    private float epoch(int epoch, List<Function<NDManager, NDList>> batches, Model model, Optimization optimization)
            throws TrainingException {
        ParameterStore parameters = new ParameterStore(model.getNDManager(), false);
        double sum = 0;
        for (int i = 0; i < batches.size(); i++) {
            float loss;
            try (NDManager manager = model.getNDManager().newSubManager();
                    GradientCollector gradients = manager.getEngine().newGradientCollector()) {
                NDList arguments = TorchModel.withMethod("loss", batches.get(i).apply(manager));
                NDArray value =
                        model.getBlock().forward(parameters, arguments, true).singletonOrThrow();
                loss = value.getFloat();
                if (!Float.isFinite(loss)) {
                    throw new TrainingException("the loss became " + loss + " in epoch " + epoch + ", step " + (i + 1)
                            + " of " + batches.size() + "; a lower learning rate may help");
                }
                gradients.backward(value);
            }
            optimization.step();
            if (Thread.interrupted()) {
                throw new TrainingException("training was interrupted in epoch " + epoch + "; nothing was written");
            }
            sum += loss;
            progress.step(epoch, i + 1, batches.size(), loss);
        }
        return (float) (sum / batches.size());
    }
}
