package dev.lexstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.util.Pair;
import dev.lexstream.torchscript.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights in training: Adam steps with gradients clipped to a global norm, and their running average, corrected for
 * its start. Not thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, "Adam" (2015)</a>
 */
final class Optimization {

    private final TrainingSettings settings;
    private final int totalSteps;
    private final Optimizer adam;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final Map<String, NDArray> averages = new LinkedHashMap<>();
    private int steps;

    Optimization(ParameterList parameters, NDManager manager, TrainingSettings settings, int totalSteps) {
        this.settings = settings;
        this.totalSteps = totalSteps;
        ParameterTracker schedule = (parameter, update) -> settings.learningRate(steps, totalSteps());
        this.adam = Adam.builder().optLearningRateTracker(schedule).build();
        for (Pair<String, Parameter> parameter : parameters) {
            NDArray weight = parameter.getValue().getArray();
            weights.put(parameter.getKey(), weight);
            averages.put(parameter.getKey(), manager.zeros(weight.getShape()));
        }
    }

    private int totalSteps() {
        return totalSteps;
    }

    /** Applies the gradients of the last backward pass and clears them. */
    void step() {
        steps++;
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        weights.forEach((name, weight) -> gradients.put(name, weight.getGradient()));
        clip(gradients);
        for (Map.Entry<String, NDArray> entry : weights.entrySet()) {
            try (NDArray gradient = gradients.get(entry.getKey())) {
                adam.update(entry.getKey(), entry.getValue(), gradient);
            }
            average(averages.get(entry.getKey()), entry.getValue());
        }
    }

    private void clip(Map<String, NDArray> gradients) {
        double squares = 0;
        for (NDArray gradient : gradients.values()) {
            try (NDArray norm = gradient.norm()) {
                squares += Math.pow(norm.getFloat(), 2);
            }
        }
        double norm = Math.sqrt(squares);
        if (norm > settings.gradientNorm()) {
            gradients.values().forEach(gradient -> gradient.muli(settings.gradientNorm() / norm));
        }
    }

    private void average(NDArray average, NDArray weight) {
        try (NDArray share = weight.mul(1 - settings.averageDecay())) {
            average.muli(settings.averageDecay()).addi(share);
        }
    }

    /** The running average of the weights. */
    Map<String, Tensor> average() {
        float correction = (float) (1 - Math.pow(settings.averageDecay(), steps));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        averages.forEach((name, average) -> {
            float[] values = average.toFloatArray();
            for (int i = 0; i < values.length; i++) {
                values[i] /= correction;
            }
            tensors.put(
                    name,
                    Tensor.of(
                            values,
                            Arrays.stream(average.getShape().getShape()).boxed().toList()));
        });
        return tensors;
    }
}
