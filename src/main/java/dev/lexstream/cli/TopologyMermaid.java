package dev.lexstream.cli;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Draws graphs in Mermaid. Source: <a href="https://mermaid.js.org/syntax/flowchart.html">Flowcharts</a>. Threading: stateless.
 */
final class TopologyMermaid {

    private TopologyMermaid() {}

    /** The diagram, with an end of line. */
    static String of(TopologyGraph graph) {
        StringBuilder text = new StringBuilder("---\ntitle: \"")
                .append(graph.title().replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"\n---\nflowchart LR\n");
        for (TopologyGraph.Node node : graph.nodes()) {
            String label = '"' + label(node.lines()) + '"';
            text.append("    ")
                    .append(node.id())
                    .append(shape(node.kind()).formatted(label))
                    .append('\n');
        }
        for (TopologyGraph.Edge edge : graph.edges()) {
            text.append("    ").append(edge.from()).append(edge.main() ? " -->" : " -.->");
            if (!edge.lines().isEmpty()) {
                text.append("|\"").append(label(edge.lines())).append("\"|");
            }
            text.append(' ').append(edge.to()).append('\n');
        }
        return text.toString();
    }

    private static String shape(TopologyGraph.Kind kind) {
        return switch (kind) {
            case TOPIC -> "[(%s)]";
            case EVENT -> "(%s)";
            case STAGE -> "[%s]";
            case ROUTES -> "{{%s}}";
            case DROP -> "((%s))";
        };
    }

    private static String label(List<String> lines) {
        return lines.stream().map(TopologyMermaid::escaped).collect(Collectors.joining("<br/>"));
    }

    /** Everything that means something to Mermaid, Markdown or HTML becomes a character reference. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || " .,_-'()=!?/+".indexOf(c) >= 0;
            if (plain) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(c).append(';');
            }
        });
        return escaped.toString();
    }
}
