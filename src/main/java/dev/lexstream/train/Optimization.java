package dev.lexstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import dev.lexstream.torchscript.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights in training: Adam steps with gradients clipped to a global norm, and their running average, corrected for
 * its start. A parameter that the loss does not depend on stays as it is. Not thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, "Adam" (2015)</a>
 */
final class Optimization {

    private static final float BETA1 = 0.9f;
    /** The second moment forgets faster than Adam's 0.999: trainings here have few steps. */
    private static final float BETA2 = 0.98f;

    private static final float EPSILON = 1e-8f;

    private final TrainingSettings settings;
    private final int totalSteps;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final Map<String, NDArray> averages = new LinkedHashMap<>();
    private final Map<String, NDArray> means = new LinkedHashMap<>();
    private final Map<String, NDArray> variances = new LinkedHashMap<>();
    private int steps;

    Optimization(ParameterList parameters, NDManager manager, TrainingSettings settings, int totalSteps) {
        this.settings = settings;
        this.totalSteps = totalSteps;
        for (Pair<String, Parameter> parameter : parameters) {
            NDArray weight = parameter.getValue().getArray();
            weights.put(parameter.getKey(), weight);
            averages.put(parameter.getKey(), manager.zeros(weight.getShape()));
            means.put(parameter.getKey(), manager.zeros(weight.getShape()));
            variances.put(parameter.getKey(), manager.zeros(weight.getShape()));
        }
    }

    /** Applies the gradients of the last backward pass and clears them. */
    void step() {
        steps++;
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        weights.forEach((name, weight) -> gradients.put(name, weight.getGradient()));
        clip(gradients);
        weights.forEach((name, weight) -> {
            try (NDArray gradient = gradients.get(name)) {
                adam(weight, gradient, means.get(name), variances.get(name));
            }
            average(averages.get(name), weight);
        });
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

    private void adam(NDArray weight, NDArray gradient, NDArray mean, NDArray variance) {
        float rate = settings.learningRate(steps, totalSteps);
        float corrected = (float) (rate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps)));
        NDList state = new NDList(weight, gradient, mean, variance);
        weight.getNDArrayInternal()
                .adamUpdate(state, new NDList(weight), rate, corrected, 0, 1, -1, BETA1, BETA2, EPSILON, true, false);
    }

    private void average(NDArray average, NDArray weight) {
        try (NDArray share = weight.mul(1 - settings.averageDecay())) {
            average.muli(settings.averageDecay()).addi(share);
        }
    }

    /** Steps taken so far. */
    int steps() {
        return steps;
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
            tensors.put(name, Tensor.of(values, shape(average)));
        });
        return tensors;
    }

    /** All that {@link #restore} needs: weights, their average and both moments. */
    Map<String, Tensor> state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        arrays().forEach((name, array) -> tensors.put(name, Tensor.of(array.toFloatArray(), shape(array))));
        return tensors;
    }

    /** Goes on from an earlier {@link #state}. */
    void restore(Map<String, Tensor> state, int steps) {
        this.steps = steps;
        arrays().forEach((name, array) -> {
            try (NDArray values = array.getManager()
                    .create(FloatBuffer.wrap(state.get(name).floats()), array.getShape(), array.getDataType())) {
                // Through muli and addi, because an array that keeps gradients refuses other writes.
                array.muli(0).addi(values);
            }
        });
    }

    private Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        weights.forEach((name, array) -> arrays.put("weight." + name, array));
        averages.forEach((name, array) -> arrays.put("average." + name, array));
        means.forEach((name, array) -> arrays.put("mean." + name, array));
        variances.forEach((name, array) -> arrays.put("variance." + name, array));
        return arrays;
    }

    private static List<Long> shape(NDArray array) {
        Shape shape = array.getShape();
        return Arrays.stream(shape.getShape()).boxed().toList();
    }
}
