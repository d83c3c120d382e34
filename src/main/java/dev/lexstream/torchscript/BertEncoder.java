package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lexstream.torchscript.Parameter.Initial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hyper-parameters of a BERT encoder, named as in the {@code config.json} of Hugging Face's {@code BertModel}. The
 * activation is gelu; names and shapes of the parameters are those of that model's {@code state_dict}.
 *
 * @param vocabulary size of the WordPiece vocabulary; id 0 is padding
 * @param hiddenSize length of a token's state, a multiple of the heads
 * @param layers of self-attention
 * @param heads of attention in each layer
 * @param intermediateSize width of the feed-forward part of a layer
 * @param positions longest row, special tokens included
 * @param types of tokens: 2 for pairs of texts
 * @param layerNormEps added to a variance; BERT's is 1e-12
 * @param hiddenDropout probability in training, on embeddings and on the outputs of each layer's two parts
 * @param attentionDropout probability in training, on attention weights
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al., "BERT" (2019)</a>
 */
public record BertEncoder(
        @JsonProperty("vocab_size") int vocabulary,
        @JsonProperty("hidden_size") int hiddenSize,
        @JsonProperty("num_hidden_layers") int layers,
        @JsonProperty("num_attention_heads") int heads,
        @JsonProperty("intermediate_size") int intermediateSize,
        @JsonProperty("max_position_embeddings") int positions,
        @JsonProperty("type_vocab_size") int types,
        @JsonProperty("layer_norm_eps") double layerNormEps,
        @JsonProperty("hidden_dropout_prob") double hiddenDropout,
        @JsonProperty("attention_probs_dropout_prob") double attentionDropout) {

    /** The encoder's own source, and what it needs. */
    private static final List<String> SOURCES = List.of("linear", "bert_encoder");

    private static final List<String> LINEAR_LAYERS = List.of(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "intermediate.dense",
            "output.dense");

    private static final Initial WEIGHT = new Initial.Normal(0.02);
    private static final Initial ZERO = new Initial.Constant(0);
    private static final Initial ONE = new Initial.Constant(1);

    public BertEncoder {
        List<String> problems = new ArrayList<>();
        Hyperparameters.positive(problems, "vocab_size", vocabulary);
        Hyperparameters.positive(problems, "hidden_size", hiddenSize);
        Hyperparameters.positive(problems, "num_hidden_layers", layers);
        Hyperparameters.positive(problems, "num_attention_heads", heads);
        Hyperparameters.positive(problems, "intermediate_size", intermediateSize);
        Hyperparameters.positive(problems, "max_position_embeddings", positions);
        Hyperparameters.positive(problems, "type_vocab_size", types);
        if (heads > 0 && hiddenSize % heads != 0) {
            problems.add(
                    "hidden_size must be a multiple of num_attention_heads, found " + hiddenSize + " and " + heads);
        }
        if (!(layerNormEps > 0 && layerNormEps < 1)) {
            problems.add("layer_norm_eps must be above 0 and below 1, found " + layerNormEps);
        }
        Hyperparameters.probability(problems, "hidden_dropout_prob", hiddenDropout);
        Hyperparameters.probability(problems, "attention_probs_dropout_prob", attentionDropout);
        Hyperparameters.refuse("encoder", problems);
    }

    /** The same encoder, trained with another dropout. */
    public BertEncoder withDropout(double dropout) {
        return new BertEncoder(
                vocabulary,
                hiddenSize,
                layers,
                heads,
                intermediateSize,
                positions,
                types,
                layerNormEps,
                dropout,
                dropout);
    }

    /** What the sources read of an encoder. */
    Map<String, Object> attributes() {
        return new HashMap<>(Map.of(
                "hidden_size", hiddenSize,
                "num_hidden_layers", layers,
                "num_attention_heads", heads,
                "layer_norm_eps", layerNormEps,
                "hidden_dropout", hiddenDropout,
                "attention_dropout", attentionDropout));
    }

    /** Embeddings, layers and pooler. */
    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        String embeddings = "bert.embeddings.";
        parameters.add(weight(embeddings + "word_embeddings", vocabulary, hiddenSize));
        parameters.add(weight(embeddings + "position_embeddings", positions, hiddenSize));
        parameters.add(weight(embeddings + "token_type_embeddings", types, hiddenSize));
        norm(parameters, embeddings + "LayerNorm");
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "bert.encoder.layer." + layer + ".";
            linear(parameters, prefix + "attention.self.query", hiddenSize, hiddenSize);
            linear(parameters, prefix + "attention.self.key", hiddenSize, hiddenSize);
            linear(parameters, prefix + "attention.self.value", hiddenSize, hiddenSize);
            linear(parameters, prefix + "attention.output.dense", hiddenSize, hiddenSize);
            norm(parameters, prefix + "attention.output.LayerNorm");
            linear(parameters, prefix + "intermediate.dense", hiddenSize, intermediateSize);
            linear(parameters, prefix + "output.dense", intermediateSize, hiddenSize);
            norm(parameters, prefix + "output.LayerNorm");
        }
        linear(parameters, "bert.pooler.dense", hiddenSize, hiddenSize);
        return parameters;
    }

    /** Those of the layers of attention; the pooler sees one token of each text. */
    List<String> linearLayers() {
        return IntStream.range(0, layers)
                .boxed()
                .flatMap(layer -> LINEAR_LAYERS.stream().map(name -> "bert.encoder.layer." + layer + "." + name))
                .toList();
    }

    /** The encoder's sources and one that builds on it. */
    static List<String> sources(String source) {
        return Stream.concat(SOURCES.stream(), Stream.of(source)).toList();
    }

    void norm(List<Parameter> parameters, String name) {
        parameters.add(Parameter.of(name + ".weight", ONE, hiddenSize));
        parameters.add(bias(name, hiddenSize));
    }

    static void linear(List<Parameter> parameters, String name, int inputs, int outputs) {
        parameters.add(weight(name, outputs, inputs));
        parameters.add(bias(name, outputs));
    }

    static Parameter bias(String name, int size) {
        return Parameter.of(name + ".bias", ZERO, size);
    }

    private static Parameter weight(String name, int rows, int columns) {
        return Parameter.of(name + ".weight", WEIGHT, rows, columns);
    }
}
