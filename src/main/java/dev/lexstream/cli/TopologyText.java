package dev.lexstream.cli;

import dev.lexstream.app.PipelineOutline;
import dev.lexstream.config.InputSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.RouteSettings;
import dev.lexstream.plan.StageInput;
import java.util.List;
import java.util.Optional;

/** A pipeline as aligned text of at most 100 columns. Used once. */
final class TopologyText {

    private static final int WIDTH = 100;
    private static final int HEAD = 14;

    private final StringBuilder text = new StringBuilder();

    private TopologyText() {}

    /** The text, with an end of line. */
    static String of(PipelineOutline outline) {
        TopologyText text = new TopologyText();
        text.pipeline(outline);
        return text.text.toString();
    }

    private void pipeline(PipelineOutline outline) {
        Pipeline pipeline = outline.pipeline();
        row("pipeline", 0, pipeline.applicationId());
        line();
        row("input", 0, pipeline.topics().inputs().toString());
        row("", 0, TopologyWords.input(pipeline.input()));
        line();
        stages(outline.stages(), pipeline.input());
        line();
        row("output", 0, TopologyWords.output(pipeline.output()));
        routes(pipeline.routes(), pipeline.topics().output());
        line();
        row("dead letters", 0, "\u2192 " + pipeline.topics().deadLetters());
    }

    private void stages(List<PipelineOutline.Stage> stages, InputSettings input) {
        int width = 2
                + stages.stream()
                        .mapToInt(stage -> stage.settings().name().length())
                        .max()
                        .orElse(0);
        String head = "stages";
        for (PipelineOutline.Stage stage : stages) {
            String name = stage.settings().name();
            row(pad(head, HEAD) + name, width, TopologyWords.model(stage));
            row("", width, "reads " + TopologyWords.reads(input, stage));
            stage.settings().when().ifPresent(when -> row("", width, "when " + TopologyWords.condition(when)));
            translator(stage).ifPresent(other -> row("", width, "\u2190 " + other + ", whose translation it reads"));
            stage.asked().forEach(other -> row("", width, "\u2190 " + other + ", which its condition asks for"));
            head = "";
        }
    }

    private static Optional<String> translator(PipelineOutline.Stage stage) {
        return stage.settings()
                .input()
                .filter(StageInput.Translation.class::isInstance)
                .map(input -> ((StageInput.Translation) input).stage());
    }

    private void routes(List<RouteSettings> routes, String otherwise) {
        int number = 0;
        for (RouteSettings route : routes) {
            number++;
            int width = 4;
            row(pad("", HEAD) + number, width, "when " + TopologyWords.condition(route.when()));
            row("", width, route.topic().map(topic -> "\u2192 " + topic).orElse("\u2192 dropped"));
        }
        row("", routes.isEmpty() ? 0 : 4, (routes.isEmpty() ? "" : "otherwise ") + "\u2192 " + otherwise);
    }

    /** Text beside what stands in the columns before it, wrapped. */
    private void row(String head, int indent, String content) {
        int start = HEAD + indent;
        String before = pad(head, start);
        for (String part : TopologyWords.wrapped(content, WIDTH - start)) {
            text.append((before + part).stripTrailing()).append('\n');
            before = " ".repeat(start);
        }
    }

    private void line() {
        text.append('\n');
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
