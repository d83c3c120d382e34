package dev.lexstream.torchscript;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/**
 * An object of an archive: a class with attributes and methods.
 *
 * @param className unique within the archive
 * @param attributes in order: {@link Tensor} (a parameter), {@link QuantizedLinear}, {@code ScriptModule}, Integer,
 *     Double or Boolean
 * @param methods TorchScript definitions, not indented; empty for a module that only holds parameters
 */
record ScriptModule(String className, Map<String, Object> attributes, String methods) {

    /** The name of the source that computes linear layers, and the end of its name for 8-bit ones. */
    private static final String LINEAR = "linear";

    private static final String EIGHT_BIT = "_int8";

    /**
     * The module tree of an architecture: dotted parameter names become nested modules.
     *
     * @param quantized whether the architecture's linear layers are to hold 8-bit weights
     */
    static ScriptModule of(Architecture architecture, Map<String, Tensor> weights, boolean quantized) {
        architecture.check(weights);
        String root = architecture.getClass().getSimpleName();
        Map<String, Object> tree = new LinkedHashMap<>(architecture.attributes());
        Map<String, Object> leaves = leaves(architecture, weights, quantized);
        leaves.forEach((name, value) -> insert(tree, name.split("\\."), value));
        List<String> names =
                architecture.parameters().stream().map(Parameter::name).toList();
        String methods = architecture.sources().stream()
                .map(source -> quantized && source.equals(LINEAR) ? LINEAR + EIGHT_BIT : source)
                .map(source -> new ScriptSource(source).expand(names, architecture.linearLayers(), quantized))
                .collect(Collectors.joining("\n"));
        return new ScriptModule(root, modules(root, tree), methods);
    }

    /** Parameters by name; weight and bias of a layer to be quantized become one. */
    private static Map<String, Object> leaves(
            Architecture architecture, Map<String, Tensor> weights, boolean quantized) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        architecture.parameters().forEach(parameter -> leaves.put(parameter.name(), weights.get(parameter.name())));
        for (String layer : quantized ? architecture.linearLayers() : List.<String>of()) {
            leaves.put(
                    layer + "." + QuantizedLinear.ATTRIBUTE,
                    QuantizedLinear.of(
                            (Tensor) leaves.remove(layer + ".weight"), (Tensor) leaves.remove(layer + ".bias")));
        }
        return leaves;
    }

    @SuppressWarnings("unchecked")
    private static void insert(Map<String, Object> tree, String[] path, Object leaf) {
        Map<String, Object> node = tree;
        for (int i = 0; i < path.length - 1; i++) {
            node = (Map<String, Object>) node.computeIfAbsent(path[i], name -> new LinkedHashMap<String, Object>());
        }
        node.put(path[path.length - 1], leaf);
    }

    private static Map<String, Object> modules(String owner, Map<String, Object> tree) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (Entry<String, Object> entry : tree.entrySet()) {
            attributes.put(
                    entry.getKey(),
                    entry.getValue() instanceof Map<?, ?> child
                            ? module(owner, entry.getKey(), child)
                            : entry.getValue());
        }
        return attributes;
    }

    @SuppressWarnings("unchecked")
    private static ScriptModule module(String owner, String name, Map<?, ?> child) {
        String className = owner + "_" + name;
        return new ScriptModule(className, modules(className, (Map<String, Object>) child), "");
    }
}
