package dev.lexstream.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is done for a model around its own library's ways, the {@code text} of a {@code model.json}. All of it is off where
 * a manifest says nothing, so that an imported model gives what the library gives that it was made with.
 *
 * @param dropInvisible whether characters that nobody sees are kept from the model; offsets point into the text as it came
 * @param splitSentences whether a translator translates sentence by sentence; else a text is one sentence
 * @param wholeGraphemes whether the tokens of a tagger never cut what a reader takes for one character
 * @param repeatNumbers whether numbers are exempt from a translator's {@code no_repeat_ngram}
 * @param copyNumbers whether numbers of four digits and more that a translator gets wrong are those of the source
 * @param leastKnown share of a text's tokens, punctuation left out, that a classifier must know for the text to be in its
 *     scope, 0 to 1; 0 accepts all
 */
@JsonPropertyOrder({
    "drop_invisible",
    "split_sentences",
    "whole_graphemes",
    "repeat_numbers",
    "copy_numbers",
    "least_known"
})
public record TextSettings(
        @JsonProperty("drop_invisible") boolean dropInvisible,
        @JsonProperty("split_sentences") boolean splitSentences,
        @JsonProperty("whole_graphemes") boolean wholeGraphemes,
        @JsonProperty("repeat_numbers") boolean repeatNumbers,
        @JsonProperty("copy_numbers") boolean copyNumbers,
        @JsonProperty("least_known") double leastKnown) {

    /** Everything off: the text as it comes. */
    public static final TextSettings OFF = new TextSettings(false, false, false, false, false, 0);

    /** What Lexstream's own models are trained and run with. */
    public static final TextSettings ON = new TextSettings(true, true, true, true, true, 0.5);

    private static final String LEAST_KNOWN = "least_known";
    private static final List<String> SWITCHES =
            List.of("drop_invisible", "split_sentences", "whole_graphemes", "repeat_numbers", "copy_numbers");

    public TextSettings {
        if (!(leastKnown >= 0 && leastKnown <= 1)) {
            throw new IllegalArgumentException("text: " + LEAST_KNOWN + " must be in 0..1, found " + leastKnown);
        }
    }

    /**
     * Settings by name; what is missing is off.
     *
     * @throws IllegalArgumentException naming all that are unknown or of the wrong type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TextSettings of(Map<String, JsonNode> properties) {
        List<String> problems = new ArrayList<>();
        properties.forEach((name, value) -> {
            if (SWITCHES.contains(name)) {
                check(value.isBoolean(), name, "true or false", value, problems);
            } else if (name.equals(LEAST_KNOWN)) {
                check(value.isNumber(), name, "a number in 0..1", value, problems);
            } else {
                problems.add("there is no '" + name + "', only " + String.join(", ", SWITCHES) + ", " + LEAST_KNOWN);
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("text: " + String.join("; ", problems));
        }
        return new TextSettings(
                isOn(properties, "drop_invisible"),
                isOn(properties, "split_sentences"),
                isOn(properties, "whole_graphemes"),
                isOn(properties, "repeat_numbers"),
                isOn(properties, "copy_numbers"),
                properties.containsKey(LEAST_KNOWN)
                        ? properties.get(LEAST_KNOWN).asDouble()
                        : 0);
    }

    private static boolean isOn(Map<String, JsonNode> properties, String name) {
        return properties.containsKey(name) && properties.get(name).asBoolean();
    }

    private static void check(boolean right, String name, String allowed, JsonNode found, List<String> problems) {
        if (!right) {
            problems.add(name + " must be " + allowed + ", found " + found);
        }
    }
}
