package dev.lexstream.torchscript;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Writes TorchScript archives, the {@code .pt} files that {@code torch::jit::load} reads: a zip of {@code data.pkl} (the
 * module tree), {@code data/0..n} (its tensors), {@code code/__torch__.py} (its classes), {@code constants.pkl} and
 * {@code version}.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md">the format</a>
 */
public final class ScriptArchive {

    /** The operator versions of PyTorch 1.13 and later; an older number would ask for old operator behaviour. */
    private static final String VERSION = "10\n";

    private static final String NAMESPACE = "__torch__";
    private static final String INDENT = "  ";

    private final ScriptModule root;
    private final ElementType precision;
    private final List<Tensor> storages = new ArrayList<>();
    private final StringBuilder code = new StringBuilder();

    private ScriptArchive(ScriptModule root, ElementType precision) {
        this.root = root;
        this.precision = precision;
    }

    /**
     * Writes an archive, replacing what is there.
     *
     * @param weights one for each parameter of the architecture, in any floating-point format
     * @param precision the format in which the archive holds them, and so the one it computes in; {@code INT8} is that of
     *     the architecture's linear layers, the rest is then {@code FLOAT32}
     * @throws IllegalArgumentException when the weights do not fit, naming all that do not
     */
    public static void write(Path file, Architecture architecture, Map<String, Tensor> weights, ElementType precision)
            throws IOException {
        boolean quantized = precision == ElementType.INT8;
        if (quantized && architecture.linearLayers().isEmpty()) {
            throw new IllegalArgumentException(
                    architecture.source() + " has no int8 variant; " + Architecture.EIGHT_BIT + " have one");
        }
        ScriptModule root = ScriptModule.of(architecture, weights, quantized);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                AlignedZip zip = new AlignedZip(out, architecture.source())) {
            new ScriptArchive(root, quantized ? ElementType.FLOAT32 : precision).write(zip);
        }
    }

    private void write(AlignedZip zip) throws IOException {
        Pickle data = new Pickle();
        object(data, root);
        declare(root);
        zip.entry("data.pkl", ByteBuffer.wrap(data.stop()));
        for (int i = 0; i < storages.size(); i++) {
            zip.entry("data/" + i, storages.get(i).data());
        }
        zip.entry("code/" + NAMESPACE + ".py", utf8(code.toString()));
        zip.entry("constants.pkl", ByteBuffer.wrap(new Pickle().emptyTuple().stop()));
        zip.entry("version", utf8(VERSION));
        zip.entry("byteorder", utf8("little"));
    }

    private void object(Pickle pickle, ScriptModule module) {
        pickle.global(NAMESPACE, module.className()).emptyTuple().newObject();
        pickle.emptyDict().mark();
        pickle.string("training").bool(false);
        pickle.string("_is_full_backward_hook").none();
        for (Entry<String, Object> attribute : module.attributes().entrySet()) {
            pickle.string(attribute.getKey());
            value(pickle, attribute.getValue());
        }
        pickle.setItems().build();
    }

    private void value(Pickle pickle, Object value) {
        if (value instanceof ScriptModule module) {
            object(pickle, module);
        } else if (value instanceof Tensor tensor) {
            tensor(pickle, tensor.to(precision), true);
        } else if (value instanceof QuantizedLinear linear) {
            linear(pickle, linear);
        } else if (value instanceof Integer number) {
            pickle.integer(number);
        } else if (value instanceof Boolean bool) {
            pickle.bool(bool);
        } else {
            pickle.number((Double) value);
        }
    }

    private void tensor(Pickle pickle, Tensor tensor, boolean parameter) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        storage(pickle, tensor);
        pickle.bool(parameter);
        noHooks(pickle).tuple().reduce();
    }

    /** An object of a class that PyTorch has built in; its state is what that class's {@code __setstate__} takes. */
    private void linear(Pickle pickle, QuantizedLinear linear) {
        int dot = QuantizedLinear.TYPE.lastIndexOf('.');
        pickle.global(QuantizedLinear.TYPE.substring(0, dot), QuantizedLinear.TYPE.substring(dot + 1));
        pickle.emptyTuple().newObject().mark();
        pickle.global("torch._utils", "_rebuild_qtensor").mark();
        storage(pickle, linear.weight());
        pickle.mark().global("torch", "per_channel_affine");
        tensor(pickle, linear.scales(), false);
        tensor(pickle, linear.zeroPoints(), false);
        pickle.integer(0).tuple();
        pickle.bool(false);
        noHooks(pickle).tuple().reduce();
        tensor(pickle, linear.bias(), false);
        pickle.tuple().build();
    }

    /** The arguments of both rebuilding functions up to the strides. */
    private void storage(Pickle pickle, Tensor tensor) {
        int key = storages.size();
        storages.add(tensor);
        pickle.mark()
                .string("storage")
                .global("torch", tensor.type().storageClass())
                .string(Integer.toString(key))
                .string("cpu")
                .integer(tensor.size())
                .tuple()
                .persistentId();
        pickle.integer(0);
        integers(pickle, tensor.shape());
        integers(pickle, strides(tensor.shape()));
    }

    private static Pickle noHooks(Pickle pickle) {
        return pickle.global("collections", "OrderedDict").emptyTuple().reduce();
    }

    private static void integers(Pickle pickle, List<Long> values) {
        pickle.mark();
        for (long value : values) {
            pickle.integer(value);
        }
        pickle.tuple();
    }

    private static List<Long> strides(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.get(i);
        }
        return List.of(strides);
    }

    /** Children first, as PyTorch's own writer does. */
    private void declare(ScriptModule module) {
        List<String> parameters = new ArrayList<>();
        StringBuilder fields = new StringBuilder();
        for (Entry<String, Object> attribute : module.attributes().entrySet()) {
            Object value = attribute.getValue();
            if (value instanceof ScriptModule child) {
                declare(child);
            }
            if (value instanceof Tensor) {
                parameters.add(attribute.getKey());
            }
            boolean number = Character.isDigit(attribute.getKey().charAt(0));
            fields.append(INDENT)
                    .append(number ? "__annotations__[\"" + attribute.getKey() + "\"] = " : attribute.getKey() + " : ")
                    .append(typeOf(value))
                    .append('\n');
        }
        code.append("class ").append(module.className()).append("(Module):\n");
        code.append(INDENT)
                .append("__parameters__ = ")
                .append(names(parameters))
                .append('\n');
        code.append(INDENT).append("__buffers__ = []\n");
        code.append(INDENT).append("__annotations__ = []\n");
        code.append(INDENT).append("training : bool\n");
        code.append(INDENT).append("_is_full_backward_hook : Optional[bool]\n");
        code.append(fields);
        module.methods()
                .lines()
                .forEach(line -> code.append(INDENT).append(line).append('\n'));
    }

    private static String names(List<String> names) {
        StringBuilder list = new StringBuilder("[");
        names.forEach(name -> list.append('"').append(name).append("\", "));
        return list.append(']').toString();
    }

    private static String typeOf(Object value) {
        if (value instanceof ScriptModule module) {
            return NAMESPACE + "." + module.className();
        }
        if (value instanceof Tensor) {
            return "Tensor";
        }
        if (value instanceof QuantizedLinear) {
            return QuantizedLinear.TYPE;
        }
        return value instanceof Integer ? "int" : value instanceof Boolean ? "bool" : "float";
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
