package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lexstream.torchscript.Parameter.Initial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Hyper-parameters of the tagger: token encoder, LSTM (PyTorch's {@code nn.LSTM}), linear layer, tags.
 *
 * @param encoder how it sees a token
 * @param tags size of the tag set
 * @param hiddenSize of the LSTM, in each direction
 * @param numLayers of the LSTM
 * @param bidirectional whether the LSTM reads both ways
 * @param dropout probability in training, on the LSTM's input, between its layers and on its output
 * @param crf whether a sentence's tags are found together, by a conditional random field, or each by itself, by a softmax
 */
public record LstmTagger(
        @JsonProperty("encoder") TokenEncoder encoder,
        @JsonProperty("tags") int tags,
        @JsonProperty("hidden_size") int hiddenSize,
        @JsonProperty("num_layers") int numLayers,
        @JsonProperty("bidirectional") boolean bidirectional,
        @JsonProperty("dropout") double dropout,
        @JsonProperty("crf") boolean crf)
        implements Architecture {

    /** {@code [tags, tags]}, from the tag of a row to that of a column; only with a conditional random field. */
    public static final String TRANSITIONS = "crf.transitions";
    /** {@code [tags]}, scores of a sentence's first tag; only with a conditional random field. */
    public static final String START_TRANSITIONS = "crf.start_transitions";
    /** {@code [tags]}, scores of a sentence's last tag; only with a conditional random field. */
    public static final String END_TRANSITIONS = "crf.end_transitions";

    public LstmTagger {
        List<String> problems = new ArrayList<>();
        if (encoder == null) {
            problems.add("encoder must be words or ngrams, found nothing");
        }
        Hyperparameters.positive(problems, "tags", tags);
        Hyperparameters.positive(problems, "hidden_size", hiddenSize);
        Hyperparameters.positive(problems, "num_layers", numLayers);
        Hyperparameters.probability(problems, "dropout", dropout);
        Hyperparameters.refuse("lstm_tagger", problems);
    }

    @Override
    public long layers() {
        return numLayers;
    }

    @Override
    public String source() {
        return "lstm_tagger";
    }

    @Override
    public List<String> sources() {
        return List.of(encoder.source(), crf ? "crf_tags" : "softmax_tags", source());
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of(
                "hidden_size", hiddenSize, "num_layers", numLayers, "bidirectional", bidirectional, "dropout", dropout);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(encoder.parameters());
        lstm(parameters);
        int width = directions() * hiddenSize;
        Initial spread = new Initial.Uniform(Math.sqrt(1.0 / width));
        parameters.add(Parameter.of("linear.weight", spread, tags, width));
        parameters.add(Parameter.of("linear.bias", spread, tags));
        if (crf) {
            Initial small = new Initial.Uniform(0.1);
            parameters.add(Parameter.of(TRANSITIONS, small, tags, tags));
            parameters.add(Parameter.of(START_TRANSITIONS, small, tags));
            parameters.add(Parameter.of(END_TRANSITIONS, small, tags));
        }
        return parameters;
    }

    /** Names and order of {@code nn.LSTM}: gates input, forget, cell, output stacked in the first dimension. */
    private void lstm(List<Parameter> parameters) {
        Initial initial = new Initial.Uniform(Math.sqrt(1.0 / hiddenSize));
        int gates = 4 * hiddenSize;
        for (int layer = 0; layer < numLayers; layer++) {
            int input = layer == 0 ? encoder.width() : directions() * hiddenSize;
            for (int direction = 0; direction < directions(); direction++) {
                String suffix = "_l" + layer + (direction == 1 ? "_reverse" : "");
                parameters.add(Parameter.of("lstm.weight_ih" + suffix, initial, gates, input));
                parameters.add(Parameter.of("lstm.weight_hh" + suffix, initial, gates, hiddenSize));
                parameters.add(Parameter.of("lstm.bias_ih" + suffix, initial, gates));
                parameters.add(Parameter.of("lstm.bias_hh" + suffix, initial, gates));
            }
        }
    }

    private int directions() {
        return bidirectional ? 2 : 1;
    }
}
