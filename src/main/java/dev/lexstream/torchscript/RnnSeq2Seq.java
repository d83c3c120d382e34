package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lexstream.torchscript.Parameter.Initial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Hyper-parameters of sequence-to-sequence with recurrent networks: the encoder's last hidden state starts the decoder,
 * which sees all of the encoder's states through attention where that is on.
 *
 * <p>The networks are PyTorch's {@code nn.RNN}, {@code nn.GRU} or {@code nn.LSTM}. Attention is that of Luong, Pham and
 * Manning, "Effective Approaches to Attention-based Neural Machine Translation" (2015), without input feeding, so that
 * training runs the decoder over a whole target at once; {@code additive} scores are Bahdanau's. The target's embedding
 * is the weight of the output layer too (Press and Wolf, 2017).
 *
 * @param sourceVocabulary number of source tokens
 * @param targetVocabulary number of target tokens
 * @param cell of encoder and decoder
 * @param attention how an encoder state is scored, or {@code none}
 * @param embeddingSize length of a token's embedding, and of what the output layer sees
 * @param hiddenSize of encoder and decoder; a bidirectional encoder has half of it, which must be whole, in each direction
 * @param numLayers of encoder and decoder alike
 * @param bidirectional whether the encoder reads both ways
 * @param dropout probability in training, on embeddings, between layers, and before and after the readout
 * @param labelSmoothing share of the target's probability that training spreads over the whole vocabulary
 */
public record RnnSeq2Seq(
        @JsonProperty("source_vocabulary") int sourceVocabulary,
        @JsonProperty("target_vocabulary") int targetVocabulary,
        @JsonProperty("cell") Cell cell,
        @JsonProperty("attention") Attention attention,
        @JsonProperty("embedding_size") int embeddingSize,
        @JsonProperty("hidden_size") int hiddenSize,
        @JsonProperty("num_layers") int numLayers,
        @JsonProperty("bidirectional") boolean bidirectional,
        @JsonProperty("dropout") double dropout,
        @JsonProperty("label_smoothing") double labelSmoothing)
        implements Architecture {

    /** The recurrent network. */
    public enum Cell {
        /** Elman's, with tanh. */
        @JsonProperty("rnn")
        RNN(1),
        /** Gated recurrent unit. */
        @JsonProperty("gru")
        GRU(3),
        /** Long short-term memory. */
        @JsonProperty("lstm")
        LSTM(4);

        private final int gates;

        Cell(int gates) {
            this.gates = gates;
        }
    }

    /** How the decoder scores the encoder's states. */
    public enum Attention {
        /** Not at all. */
        @JsonProperty("none")
        NONE,
        /** Scalar product. */
        @JsonProperty("dot")
        DOT,
        /** Scalar product after a linear map. */
        @JsonProperty("general")
        GENERAL,
        /** A hidden layer over both. */
        @JsonProperty("additive")
        ADDITIVE
    }

    public RnnSeq2Seq {
        List<String> problems = new ArrayList<>();
        Hyperparameters.positive(problems, "source_vocabulary", sourceVocabulary);
        Hyperparameters.positive(problems, "target_vocabulary", targetVocabulary);
        Hyperparameters.positive(problems, "embedding_size", embeddingSize);
        Hyperparameters.positive(problems, "hidden_size", hiddenSize);
        Hyperparameters.positive(problems, "num_layers", numLayers);
        Hyperparameters.probability(problems, "dropout", dropout);
        Hyperparameters.probability(problems, "label_smoothing", labelSmoothing);
        if (bidirectional && hiddenSize % 2 != 0) {
            problems.add("hidden_size must be even when bidirectional, as each direction has half of it, found "
                    + hiddenSize);
        }
        if (cell == null) {
            problems.add("cell must be rnn, gru or lstm, found nothing");
        }
        if (attention == null) {
            problems.add("attention must be none, dot, general or additive, found nothing");
        }
        Hyperparameters.refuse("rnn_seq2seq", problems);
    }

    @Override
    public long layers() {
        return numLayers;
    }

    @Override
    public String source() {
        return "rnn_seq2seq";
    }

    @Override
    public List<String> sources() {
        String recurrent = "recurrent_" + lower(cell);
        return attention == Attention.NONE
                ? List.of("decoding", recurrent, "context_none", source())
                : List.of("decoding", recurrent, "score_" + lower(attention), "context_attention", source());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of(
                "hidden_size",
                hiddenSize,
                "num_layers",
                numLayers,
                "bidirectional",
                bidirectional,
                "dropout",
                dropout,
                "label_smoothing",
                labelSmoothing);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        Initial embedding = new Initial.Normal(0.1);
        parameters.add(Parameter.of("source_embedding.weight", embedding, sourceVocabulary, embeddingSize));
        parameters.add(Parameter.of("target_embedding.weight", embedding, targetVocabulary, embeddingSize));
        int width = bidirectional ? hiddenSize / 2 : hiddenSize;
        recurrent(parameters, "encoder", width, bidirectional ? List.of("", "_reverse") : List.of(""));
        recurrent(parameters, "decoder", hiddenSize, List.of(""));
        attention(parameters);
        int seen = attention == Attention.NONE ? hiddenSize : 2 * hiddenSize;
        Initial initial = uniform(seen);
        parameters.add(Parameter.of("readout.weight", initial, embeddingSize, seen));
        parameters.add(Parameter.of("readout.bias", initial, embeddingSize));
        parameters.add(Parameter.of("linear.bias", new Initial.Constant(0), targetVocabulary));
        return parameters;
    }

    /** Names and order of {@code nn.RNN}, {@code nn.GRU} and {@code nn.LSTM}: gates stacked in the first dimension. */
    private void recurrent(List<Parameter> parameters, String name, int width, List<String> directions) {
        int rows = cell.gates * width;
        for (int layer = 0; layer < numLayers; layer++) {
            int input = layer == 0 ? embeddingSize : directions.size() * width;
            for (String direction : directions) {
                String suffix = "_l" + layer + direction;
                Initial initial = uniform(width);
                parameters.add(Parameter.of(name + ".weight_ih" + suffix, initial, rows, input));
                parameters.add(Parameter.of(name + ".weight_hh" + suffix, initial, rows, width));
                parameters.add(Parameter.of(name + ".bias_ih" + suffix, initial, rows));
                parameters.add(Parameter.of(name + ".bias_hh" + suffix, initial, rows));
            }
        }
    }

    private void attention(List<Parameter> parameters) {
        Initial initial = uniform(hiddenSize);
        if (attention == Attention.GENERAL || attention == Attention.ADDITIVE) {
            parameters.add(Parameter.of("attention.query", initial, hiddenSize, hiddenSize));
        }
        if (attention == Attention.ADDITIVE) {
            parameters.add(Parameter.of("attention.key", initial, hiddenSize, hiddenSize));
            parameters.add(Parameter.of("attention.score", initial, 1, hiddenSize));
        }
    }

    /** As PyTorch starts its recurrent and linear modules. */
    private static Initial uniform(int fanIn) {
        return new Initial.Uniform(Math.sqrt(1.0 / fanIn));
    }
}
