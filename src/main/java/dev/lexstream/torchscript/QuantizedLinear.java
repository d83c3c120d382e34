package dev.lexstream.torchscript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * A linear layer with 8-bit weights: symmetric, with a scale for each output, as PyTorch's dynamic quantization has them.
 * Activations are quantized while it computes.
 *
 * @param weight {@code INT8} of shape {@code [outputs, inputs]}
 * @param scales {@code FLOAT64} of shape {@code [outputs]}; a weight is its 8-bit number times its output's scale
 * @param bias {@code FLOAT32} of shape {@code [outputs]}
 */
record QuantizedLinear(Tensor weight, Tensor scales, Tensor bias) {

    /** The class of these layers in an archive. */
    static final String TYPE = "__torch__.torch.classes.quantized.LinearPackedParamsBase";
    /** What a module calls its layer. */
    static final String ATTRIBUTE = "packed";

    private static final int LARGEST = 127;

    QuantizedLinear {
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(scales, "scales");
        Objects.requireNonNull(bias, "bias");
    }

    /** Rounds a layer to 8 bits. */
    static QuantizedLinear of(Tensor weight, Tensor bias) {
        float[] values = weight.floats();
        int outputs = Math.toIntExact(weight.shape().get(0));
        int inputs = values.length / outputs;
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        ByteBuffer scales = ByteBuffer.allocate(outputs * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < outputs; row++) {
            double scale = scale(values, row * inputs, (row + 1) * inputs);
            scales.putDouble(scale);
            for (int i = row * inputs; i < (row + 1) * inputs; i++) {
                bytes.put((byte) Math.rint(values[i] / scale));
            }
        }
        return new QuantizedLinear(
                new Tensor(ElementType.INT8, weight.shape(), bytes.flip()),
                new Tensor(ElementType.FLOAT64, List.of((long) outputs), scales.flip()),
                bias.to(ElementType.FLOAT32));
    }

    private static double scale(float[] values, int begin, int end) {
        double largest = Float.MIN_NORMAL;
        for (int i = begin; i < end; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest / LARGEST;
    }

    /** {@code INT64} zeros, one for each output: the weights are symmetric. */
    Tensor zeroPoints() {
        return new Tensor(ElementType.INT64, scales.shape(), ByteBuffer.allocate(scales.size() * Long.BYTES));
    }
}
