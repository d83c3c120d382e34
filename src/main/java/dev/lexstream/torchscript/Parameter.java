package dev.lexstream.torchscript;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * One learned tensor of an architecture.
 *
 * @param name dotted path as in a PyTorch {@code state_dict}, such as {@code lstm.weight_ih_l0}
 * @param shape its sizes
 * @param initial how training starts it
 */
public record Parameter(String name, List<Long> shape, Initial initial) {

    /** The distribution of values before training. */
    public sealed interface Initial {
        /** All elements the same. */
        record Constant(float value) implements Initial {}

        /** Evenly distributed in {@code [-bound, bound)}. */
        record Uniform(double bound) implements Initial {}

        /** Normally distributed around zero. */
        record Normal(double deviation) implements Initial {}
    }

    public Parameter {
        Objects.requireNonNull(name, "name");
        shape = List.copyOf(shape);
        Objects.requireNonNull(initial, "initial");
    }

    /** A parameter of the given sizes. */
    static Parameter of(String name, Initial initial, int... shape) {
        return new Parameter(name, Arrays.stream(shape).mapToObj(Long::valueOf).toList(), initial);
    }

    /** A tensor to start training from. */
    public Tensor start(SplittableRandom random) {
        float[] values = new float[Math.toIntExact(Tensor.elements(shape))];
        for (int i = 0; i < values.length; i++) {
            values[i] = draw(random);
        }
        return Tensor.of(values, shape);
    }

    private float draw(SplittableRandom random) {
        if (initial instanceof Initial.Uniform uniform) {
            return (float) random.nextDouble(-uniform.bound(), uniform.bound());
        }
        if (initial instanceof Initial.Normal normal) {
            return (float) (normal.deviation() * random.nextGaussian());
        }
        return ((Initial.Constant) initial).value();
    }
}
