package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Safetensors;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What PyTorch's own modules computed; {@code make_golden_files.py} beside the files says how.
 *
 * @param tensors weights, inputs and outputs by name
 * @param metadata hyper-parameters, and the version of PyTorch
 */
record Golden(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /** The largest difference that passes, in fp32. */
    private static final float TOLERANCE = 1e-5f;

    static Golden read(String name) throws IOException {
        try {
            Path file = Path.of(Golden.class
                    .getResource("/dev/lexstream/torchscript/parity/" + name + ".safetensors")
                    .toURI());
            return new Golden(Safetensors.read(file), Safetensors.metadata(file));
        } catch (URISyntaxException e) {
            throw new IOException(name, e);
        }
    }

    int number(String key) {
        return Integer.parseInt(metadata.get(key));
    }

    /** The weights of an architecture: those of the file by their name there, random ones where it has none. */
    Map<String, Tensor> weights(Architecture architecture, Map<String, String> prefixes) {
        Map<String, Tensor> weights = new LinkedHashMap<>(architecture.start(1));
        prefixes.forEach((in, out) -> tensors.forEach((name, tensor) -> {
            if (name.startsWith("weights." + in)) {
                weights.put(out + name.substring(("weights." + in).length()), tensor);
            }
        }));
        return weights;
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    Set<String> names() {
        return tensors.keySet();
    }

    NDArray array(NDManager manager, String name) {
        Tensor tensor = tensors.get(name);
        assertThat(tensor).as(name).isNotNull();
        Shape shape = new Shape(tensor.shape());
        if (tensor.type() == ElementType.FLOAT32) {
            return manager.create(tensor.floats(), shape);
        }
        LongBuffer numbers = tensor.data().asLongBuffer();
        long[] values = new long[numbers.remaining()];
        numbers.get(values);
        return manager.create(values, shape);
    }

    /** Fails with the largest difference when it is too large. */
    void check(String name, NDArray found) {
        Tensor expected = tensors.get(name);
        assertThat(expected).as(name).isNotNull();
        assertThat(found.getShape()).as("shape of " + name).isEqualTo(new Shape(expected.shape()));
        float[] wanted = expected.floats();
        float[] values = found.toFloatArray();
        float largest = 0;
        for (int i = 0; i < wanted.length; i++) {
            float difference = Math.abs(wanted[i] - values[i]);
            // a NaN is no small difference
            largest = difference <= largest ? largest : difference;
        }
        assertThat(largest)
                .as("largest absolute difference of " + name + " from PyTorch " + metadata.get("torch"))
                .isLessThanOrEqualTo(TOLERANCE);
    }
}
