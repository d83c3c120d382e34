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
 * @param attributes in order: {@link Tensor} (a parameter), {@code ScriptModule}, Integer, Double or Boolean
 * @param methods TorchScript definitions, not indented; empty for a module that only holds parameters
 */
record ScriptModule(String className, Map<String, Object> attributes, String methods) {

    /** The module tree of an architecture: dotted parameter names become nested modules. */
    static ScriptModule of(Architecture architecture, Map<String, Tensor> weights) {
        architecture.check(weights);
        String root = architecture.getClass().getSimpleName();
        Map<String, Object> tree = new LinkedHashMap<>(architecture.attributes());
        for (Parameter parameter : architecture.parameters()) {
            insert(tree, parameter.name().split("\\."), weights.get(parameter.name()));
        }
        List<String> names =
                architecture.parameters().stream().map(Parameter::name).toList();
        String methods = architecture.sources().stream()
                .map(source -> new ScriptSource(source).expand(names))
                .collect(Collectors.joining("\n"));
        return new ScriptModule(root, modules(root, tree), methods);
    }

    @SuppressWarnings("unchecked")
    private static void insert(Map<String, Object> tree, String[] path, Tensor tensor) {
        Map<String, Object> node = tree;
        for (int i = 0; i < path.length - 1; i++) {
            node = (Map<String, Object>) node.computeIfAbsent(path[i], name -> new LinkedHashMap<String, Object>());
        }
        node.put(path[path.length - 1], tensor);
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
