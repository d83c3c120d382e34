package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lexstream.torchscript.Parameter.Initial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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
        Objects.requireNonNull(cell, "cell must be one of rnn, gru, lstm");
        Objects.requireNonNull(attention, "attention must be one of none, dot, general, additive");
        positive("source_vocabulary", sourceVocabulary);
        positive("target_vocabulary", targetVocabulary);
        positive("embedding_size", embeddingSize);
        positive("hidden_size", hiddenSize);
        positive("num_layers", numLayers);
        if (bidirectional && hiddenSize % 2 != 0) {
            throw new IllegalArgumentException(
                    "hidden_size must be even when bidirectional, as each direction has half of it, found "
                            + hiddenSize);
        }
        fraction("dropout", dropout);
        fraction("label_smoothing", labelSmoothing);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, found " + value);
        }
    }

    private static void fraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), found " + value);
        }
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
        parameters.add(new Parameter("source_embedding.weight", shape(sourceVocabulary, embeddingSize), embedding));
        parameters.add(new Parameter("target_embedding.weight", shape(targetVocabulary, embeddingSize), embedding));
        int width = bidirectional ? hiddenSize / 2 : hiddenSize;
        recurrent(parameters, "encoder", width, bidirectional ? List.of("", "_reverse") : List.of(""));
        recurrent(parameters, "decoder", hiddenSize, List.of(""));
        attention(parameters);
        int seen = attention == Attention.NONE ? hiddenSize : 2 * hiddenSize;
        Initial initial = uniform(seen);
        parameters.add(new Parameter("readout.weight", shape(embeddingSize, seen), initial));
        parameters.add(new Parameter("readout.bias", shape(embeddingSize), initial));
        parameters.add(new Parameter("linear.bias", shape(targetVocabulary), new Initial.Constant(0)));
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
                parameters.add(new Parameter(name + ".weight_ih" + suffix, shape(rows, input), initial));
                parameters.add(new Parameter(name + ".weight_hh" + suffix, shape(rows, width), initial));
                parameters.add(new Parameter(name + ".bias_ih" + suffix, shape(rows), initial));
                parameters.add(new Parameter(name + ".bias_hh" + suffix, shape(rows), initial));
            }
        }
    }

    private void attention(List<Parameter> parameters) {
        Initial initial = uniform(hiddenSize);
        List<Long> square = shape(hiddenSize, hiddenSize);
        if (attention == Attention.GENERAL || attention == Attention.ADDITIVE) {
            parameters.add(new Parameter("attention.query", square, initial));
        }
        if (attention == Attention.ADDITIVE) {
            parameters.add(new Parameter("attention.key", square, initial));
            parameters.add(new Parameter("attention.score", shape(1, hiddenSize), initial));
        }
    }

    /** As PyTorch starts its recurrent and linear modules. */
    private static Initial uniform(int fanIn) {
        return new Initial.Uniform(Math.sqrt(1.0 / fanIn));
    }

    private static List<Long> shape(int... sizes) {
        return Arrays.stream(sizes).mapToObj(Long::valueOf).toList();
    }
}
