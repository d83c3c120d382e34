package dev.lexstream.cli;

import dev.lexstream.app.PipelineOutline;
import dev.lexstream.config.FieldSettings;
import dev.lexstream.config.InputSettings;
import dev.lexstream.config.OutputSettings;
import dev.lexstream.plan.StageInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How the parts of a pipeline are called in its pictures. */
final class TopologyWords {

    private TopologyWords() {}

    /** What records hold, such as {@code json: text at msg.text, language at lang}. */
    static String input(InputSettings input) {
        if (input.fields().isEmpty()) {
            return switch (input.format()) {
                case TEXT -> "text: each value is one";
                case AVRO, JSON -> input.format() + ": text events";
            };
        }
        FieldSettings fields = input.fields().get();
        List<String> parts = new ArrayList<>();
        fields.id().ifPresent(path -> parts.add("id at " + path));
        fields.texts()
                .forEach((name, text) ->
                        parts.add(name + " at " + text.path() + (text.required() ? " (required)" : "")));
        fields.language().ifPresent(path -> parts.add("language at " + path));
        return input.format() + ": " + String.join(", ", parts);
    }

    /** What output records are, such as {@code json: merged, with the field enrichment}. */
    static String output(OutputSettings output) {
        return output.format() + ": "
                + switch (output.shape()) {
                    case ENRICHED_TEXT -> "enriched texts";
                    case MERGED -> "merged, with the field " + output.field();
                };
    }

    /** Name, version and languages of a stage's model. */
    static String model(PipelineOutline.Stage stage) {
        return stage.languages().isEmpty()
                ? stage.model() + ", any language"
                : stage.model() + ", for " + String.join(", ", stage.languages());
    }

    /** What a stage reads of an event. */
    static String reads(InputSettings event, PipelineOutline.Stage stage) {
        StageInput input = stage.settings().input().orElse(StageInput.mainText());
        if (input instanceof StageInput.Translation translation) {
            return "the translation of " + translation.stage();
        } else if (input instanceof StageInput.Pair pair) {
            return pair.first() + " and " + pair.second();
        }
        FieldSettings fields = event.fields().orElse(FieldSettings.OF_TEXT_EVENTS);
        return ((StageInput.Text) input)
                .name()
                .orElseGet(() -> fields.texts().keySet().iterator().next());
    }

    /** A condition on one line: how it is broken means nothing, but in a string. */
    static String condition(String when) {
        return when.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }

    /** The lines of a text that is broken at blanks, and in words that are longer than a line. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && size(line) + 1 + size(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (size(line) > width) {
                int end = line.offsetByCodePoints(0, width);
                lines.add(line.substring(0, end));
                line.delete(0, end);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static int size(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
