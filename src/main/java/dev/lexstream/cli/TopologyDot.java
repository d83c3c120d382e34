package dev.lexstream.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Draws graphs in DOT. Source: <a href="https://graphviz.org/doc/info/lang.html">The DOT language</a>. Threading: stateless. */
final class TopologyDot {

    private TopologyDot() {}

    /** The graph, with an end of line. */
    static String of(TopologyGraph graph) {
        StringBuilder text = new StringBuilder("digraph pipeline {\n    rankdir=LR;\n    labelloc=t;\n")
                .append("    label=")
                .append(label(List.of(graph.title())))
                .append(";\n    node [fontname=\"sans-serif\"];\n    edge [fontname=\"sans-serif\", fontsize=10];\n");
        for (TopologyGraph.Node node : graph.nodes()) {
            text.append("    %s [shape=%s, label=%s];\n".formatted(node.id(), shape(node.kind()), label(node.lines())));
        }
        for (TopologyGraph.Edge edge : graph.edges()) {
            text.append("    %s -> %s [label=%s%s];\n"
                    .formatted(edge.from(), edge.to(), label(edge.lines()), edge.main() ? "" : ", style=dashed"));
        }
        return text.append("}\n").toString();
    }

    private static String shape(TopologyGraph.Kind kind) {
        return switch (kind) {
            case TOPIC -> "cylinder";
            case EVENT -> "ellipse";
            case STAGE -> "box";
            case ROUTES -> "hexagon";
            case DROP -> "circle";
        };
    }

    /** A string of DOT, in which references to characters count too. */
    private static String label(List<String> lines) {
        return lines.stream()
                .map(line -> line.replace("&", "&amp;").replace("\\", "\\\\").replace("\"", "\\\""))
                .collect(Collectors.joining("\\n", "\"", "\""));
    }
}
