package dev.lexstream.train;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.lexstream.model.Devices;
import dev.lexstream.model.TorchModel;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.ScriptArchive;
import dev.lexstream.torchscript.Tensor;
import dev.lexstream.train.Checkpoint.Best;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Trains an architecture by minimizing one of its methods, until the dev score no longer rises. One training at a time in
 * a process: DJL collects gradients globally.
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
     * @throws TrainingException when the loss is no longer a number, or the checkpoint is of another architecture
     */
    Map<String, Tensor> train(Objective objective) throws IOException, TrainingException {
        return train(architecture.start(settings.seed()), objective);
    }

    /** As {@link #train(Objective)}, from given weights. A checkpoint, where there is one, wins over them. */
    Map<String, Tensor> train(Map<String, Tensor> start, Objective objective) throws IOException, TrainingException {
        Path archive = Files.createTempFile("lexstream-training", ".pt");
        try {
            ScriptArchive.write(archive, architecture, start, ElementType.FLOAT32);
            try (Model model = TorchModel.open(archive, Devices.cpu(), true)) {
                return train(objective, model);
            }
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private Map<String, Tensor> train(Objective objective, Model model) throws IOException, TrainingException {
        Optimization optimization = null;
        Best best = Best.NONE;
        int last = 0;
        for (int epoch = 1; epoch <= settings.epochs() && epoch - best.epoch() <= settings.patience(); epoch++) {
            List<Function<NDManager, NDList>> batches = objective.epoch(random(epoch));
            if (optimization == null) {
                optimization = new Optimization(
                        model.getBlock().getParameters(),
                        model.getNDManager(),
                        settings,
                        settings.epochs() * batches.size());
                Checkpoint checkpoint = checkpoint();
                if (checkpoint != null) {
                    optimization.restore(checkpoint.state(), checkpoint.steps());
                    best = checkpoint.best();
                    last = checkpoint.epoch();
                    progress.resumed(last);
                }
            }
            if (epoch <= last) {
                continue;
            }
            model.getNDManager().getEngine().setRandomSeed((int) (settings.seed() + epoch));
            float loss = epoch(epoch, objective.method(), batches, model, optimization);
            Map<String, Tensor> weights = optimization.average();
            double score = objective.score(weights);
            progress.epoch(epoch, loss, score, score > best.score());
            if (score > best.score()) {
                best = new Best(epoch, score, weights);
            }
            save(new Checkpoint(epoch, optimization.steps(), best, optimization.state()));
        }
        return best.weights();
    }

    /** Each epoch has its own, so that a training that goes on draws what it would have drawn. */
    private SplittableRandom random(int epoch) {
        return new SplittableRandom(settings.seed() * 31 + epoch);
    }

    private Checkpoint checkpoint() throws IOException, TrainingException {
        Path folder = settings.checkpoint().orElse(null);
        return folder != null && Checkpoint.exists(folder) ? Checkpoint.read(folder, architecture) : null;
    }

    private void save(Checkpoint checkpoint) throws IOException {
        if (settings.checkpoint().isPresent()) {
            checkpoint.write(settings.checkpoint().get(), architecture);
        }
    }

    private float epoch(
            int epoch, String method, List<Function<NDManager, NDList>> batches, Model model, Optimization optimization)
            throws TrainingException {
        ParameterStore parameters = new ParameterStore(model.getNDManager(), false);
        double sum = 0;
        for (int i = 0; i < batches.size(); i++) {
            float loss;
            try (NDManager manager = model.getNDManager().newSubManager();
                    GradientCollector gradients = manager.getEngine().newGradientCollector()) {
                NDList arguments = TorchModel.withMethod(method, batches.get(i).apply(manager));
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
                throw new TrainingException("training was interrupted in epoch " + epoch + "; "
                        + (settings.checkpoint().isPresent()
                                ? "it can go on from its checkpoint"
                                : "nothing was written"));
            }
            sum += loss;
            progress.step(epoch, i + 1, batches.size(), loss);
        }
        return (float) (sum / batches.size());
    }
}
