package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lexstream.torchscript.Parameter.Initial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Hyper-parameters of the tagger: word embedding and character convolution, LSTM, linear layer, log-softmax.
 *
 * <p>The LSTM is PyTorch's {@code nn.LSTM}; the character encoder follows Ma and Hovy, "End-to-end Sequence Labeling via
 * Bi-directional LSTM-CNNs-CRF" (2016).
 *
 * @param words size of the word vocabulary
 * @param characters size of the character vocabulary
 * @param tags size of the tag set
 * @param wordSize length of a word's embedding
 * @param characterSize length of a character's embedding
 * @param characterFilters channels of the convolution over a word's characters
 * @param characterWindow characters that a filter sees, odd
 * @param hiddenSize of the LSTM, in each direction
 * @param numLayers of the LSTM
 * @param bidirectional whether the LSTM reads both ways
 * @param dropout probability in training, on the LSTM's input, between its layers and on its output
 */
public record LstmTagger(
        @JsonProperty("words") int words,
        @JsonProperty("characters") int characters,
        @JsonProperty("tags") int tags,
        @JsonProperty("word_size") int wordSize,
        @JsonProperty("character_size") int characterSize,
        @JsonProperty("character_filters") int characterFilters,
        @JsonProperty("character_window") int characterWindow,
        @JsonProperty("hidden_size") int hiddenSize,
        @JsonProperty("num_layers") int numLayers,
        @JsonProperty("bidirectional") boolean bidirectional,
        @JsonProperty("dropout") double dropout)
        implements Architecture {

    public LstmTagger {
        positive("words", words);
        positive("characters", characters);
        positive("tags", tags);
        positive("word_size", wordSize);
        positive("character_size", characterSize);
        positive("character_filters", characterFilters);
        positive("character_window", characterWindow);
        positive("hidden_size", hiddenSize);
        positive("num_layers", numLayers);
        if (characterWindow % 2 == 0) {
            throw new IllegalArgumentException("character_window must be odd, found " + characterWindow);
        }
        if (dropout < 0 || dropout >= 1) {
            throw new IllegalArgumentException("dropout must be in [0, 1), found " + dropout);
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, found " + value);
        }
    }

    @Override
    public String source() {
        return "lstm_tagger";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of(
                "hidden_size", hiddenSize, "num_layers", numLayers, "bidirectional", bidirectional, "dropout", dropout);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter("word_embedding.weight", shape(words, wordSize), new Initial.Normal(0.1)));
        parameters.add(
                new Parameter("character_embedding.weight", shape(characters, characterSize), new Initial.Normal(0.1)));
        double fanIn = Math.sqrt(1.0 / (characterSize * characterWindow));
        parameters.add(new Parameter(
                "character_convolution.weight",
                shape(characterFilters, characterSize, characterWindow),
                new Initial.Uniform(fanIn)));
        parameters.add(
                new Parameter("character_convolution.bias", shape(characterFilters), new Initial.Uniform(fanIn)));
        lstm(parameters);
        int width = directions() * hiddenSize;
        double bound = Math.sqrt(1.0 / width);
        parameters.add(new Parameter("linear.weight", shape(tags, width), new Initial.Uniform(bound)));
        parameters.add(new Parameter("linear.bias", shape(tags), new Initial.Uniform(bound)));
        return parameters;
    }

    /** Names and order of {@code nn.LSTM}: gates input, forget, cell, output stacked in the first dimension. */
    private void lstm(List<Parameter> parameters) {
        Initial initial = new Initial.Uniform(Math.sqrt(1.0 / hiddenSize));
        int gates = 4 * hiddenSize;
        for (int layer = 0; layer < numLayers; layer++) {
            int input = layer == 0 ? wordSize + characterFilters : directions() * hiddenSize;
            for (int direction = 0; direction < directions(); direction++) {
                String suffix = "_l" + layer + (direction == 1 ? "_reverse" : "");
                parameters.add(new Parameter("lstm.weight_ih" + suffix, shape(gates, input), initial));
                parameters.add(new Parameter("lstm.weight_hh" + suffix, shape(gates, hiddenSize), initial));
                parameters.add(new Parameter("lstm.bias_ih" + suffix, shape(gates), initial));
                parameters.add(new Parameter("lstm.bias_hh" + suffix, shape(gates), initial));
            }
        }
    }

    private int directions() {
        return bidirectional ? 2 : 1;
    }

    private static List<Long> shape(int... sizes) {
        return Arrays.stream(sizes).mapToObj(Long::valueOf).toList();
    }
}
