package dev.lexstream.cli;

import dev.lexstream.app.PipelineOutline;
import dev.lexstream.config.InputTopics;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.RouteSettings;
import dev.lexstream.plan.StageInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pipeline as nodes and arrows, for those who draw.
 *
 * @param title of the picture
 * @param nodes in the order of the way of an event
 * @param edges between them
 */
record TopologyGraph(String title, List<Node> nodes, List<Edge> edges) {

    /** Characters of a line in a node or beside an arrow. */
    private static final int WIDTH = 40;

    private static final String EVENT = "event";
    private static final String ROUTES = "routes";

    /** What a node is. */
    enum Kind {
        TOPIC,
        EVENT,
        STAGE,
        ROUTES,
        DROP
    }

    /**
     * A node.
     *
     * @param id letters and digits
     * @param lines what is written in it, as it is
     */
    record Node(String id, Kind kind, List<String> lines) {}

    /**
     * An arrow.
     *
     * @param main whether the event goes there; otherwise one waits for the other, or an event fails
     * @param lines what is written beside it, as it is; empty for nothing
     */
    record Edge(String from, String to, boolean main, List<String> lines) {}

    static TopologyGraph of(PipelineOutline outline) {
        Builder builder = new Builder(outline);
        builder.inputs();
        builder.stages();
        builder.outputs();
        return new TopologyGraph(
                outline.pipeline().applicationId(), List.copyOf(builder.nodes), List.copyOf(builder.edges));
    }

    /** Names nodes by their numbers, as names of stages and topics have characters that mean something to those who draw. */
    private static final class Builder {

        private final Pipeline pipeline;
        private final List<PipelineOutline.Stage> stages;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();
        private final Map<String, String> stageIds = new LinkedHashMap<>();
        private final Map<String, String> topicIds = new LinkedHashMap<>();

        private Builder(PipelineOutline outline) {
            this.pipeline = outline.pipeline();
            this.stages = outline.stages();
        }

        private void inputs() {
            List<String> inputs = pipeline.topics().inputs() instanceof InputTopics.Named named
                    ? named.names()
                    : List.of(pipeline.topics().inputs().toString());
            inputs.forEach(input -> edge(topic(input), EVENT, true, ""));
            node(EVENT, Kind.EVENT, "event", TopologyWords.input(pipeline.input()));
        }

        private void stages() {
            for (PipelineOutline.Stage stage : stages) {
                String id = "stage" + (stageIds.size() + 1);
                stageIds.put(stage.settings().name(), id);
                List<String> lines = new ArrayList<>(List.of(stage.settings().name(), TopologyWords.model(stage)));
                stage.settings().when().ifPresent(when -> lines.add("when " + TopologyWords.condition(when)));
                node(id, Kind.STAGE, lines.toArray(new String[0]));
                if (stage.settings().input().orElse(StageInput.mainText())
                        instanceof StageInput.Translation translation) {
                    edge(stageIds.get(translation.stage()), id, true, "translation");
                } else {
                    edge(EVENT, id, true, TopologyWords.reads(pipeline.input(), stage));
                }
                stage.asked().forEach(other -> edge(stageIds.get(other), id, false, "condition"));
            }
        }

        /** From the stages that no other waits for, since the others have ended before. */
        private void outputs() {
            Set<String> awaited = new HashSet<>();
            edges.forEach(edge -> awaited.add(edge.from()));
            List<String> last = stageIds.values().stream()
                    .filter(id -> !awaited.contains(id))
                    .toList();
            boolean routed = !pipeline.routes().isEmpty();
            if (routed) {
                node(ROUTES, Kind.ROUTES, "routes");
                last.forEach(id -> edge(id, ROUTES, true, ""));
                routes();
            }
            String output = output(pipeline.topics().output());
            List<String> from = routed ? List.of(ROUTES) : last;
            from.forEach(id -> edge(id, output, true, routed ? "otherwise" : ""));
            edge(EVENT, topic(pipeline.topics().deadLetters(), "dead letters"), false, "cannot be enriched");
        }

        private void routes() {
            int number = 0;
            for (RouteSettings route : pipeline.routes()) {
                number++;
                String to = route.topic().map(this::output).orElseGet(this::drop);
                edge(ROUTES, to, true, number + ": " + TopologyWords.condition(route.when()));
            }
        }

        private String output(String topic) {
            return topic(topic, TopologyWords.output(pipeline.output()));
        }

        private String drop() {
            if (nodes.stream().noneMatch(node -> node.kind() == Kind.DROP)) {
                node("drop", Kind.DROP, "dropped");
            }
            return "drop";
        }

        private String topic(String name, String... more) {
            String id = topicIds.get(name);
            if (id == null) {
                id = "topic" + (topicIds.size() + 1);
                topicIds.put(name, id);
                List<String> lines = new ArrayList<>(List.of(name));
                lines.addAll(List.of(more));
                node(id, Kind.TOPIC, lines.toArray(new String[0]));
            }
            return id;
        }

        private void node(String id, Kind kind, String... lines) {
            nodes.add(new Node(id, kind, wrapped(lines)));
        }

        private void edge(String from, String to, boolean main, String line) {
            edges.add(new Edge(from, to, main, line.isEmpty() ? List.of() : wrapped(line)));
        }

        private static List<String> wrapped(String... lines) {
            List<String> wrapped = new ArrayList<>();
            for (String line : lines) {
                wrapped.addAll(TopologyWords.wrapped(line, WIDTH));
            }
            return List.copyOf(wrapped);
        }
    }
}
