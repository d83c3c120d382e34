package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lexstream.torchscript.Parameter.Initial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hyper-parameters of the Transformer for translation: PyTorch's {@code nn.Transformer} with its names and defaults, token
 * embeddings and sinusoidal positions below it, and a linear layer above it.
 *
 * @param sourceVocabulary size of the source vocabulary
 * @param targetVocabulary size of the target vocabulary
 * @param dModel width of the layers
 * @param nhead attention heads; divides {@code d_model}
 * @param numEncoderLayers layers of the encoder
 * @param numDecoderLayers layers of the decoder
 * @param dimFeedforward width inside the feed-forward layers
 * @param dropout probability in training, on embeddings and layers
 * @param attentionDropout probability in training, on attention weights; {@code nn.Transformer} has one for both
 * @param activation of the feed-forward layers
 * @param layerNormEps added to variances
 * @param batchFirst whether {@code forward} takes {@code [batch, length, d_model]} instead of
 *     {@code [length, batch, d_model]}
 * @param normFirst whether layers normalize their input instead of their output
 * @param tied whether the last linear layer has the weights of the target embedding
 * @param labelSmoothing share of the target probability that goes to all tokens alike, in training
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al., "Attention Is All You Need" (2017)</a>
 */
public record Transformer(
        @JsonProperty("source_vocabulary") int sourceVocabulary,
        @JsonProperty("target_vocabulary") int targetVocabulary,
        @JsonProperty("d_model") int dModel,
        @JsonProperty("nhead") int nhead,
        @JsonProperty("num_encoder_layers") int numEncoderLayers,
        @JsonProperty("num_decoder_layers") int numDecoderLayers,
        @JsonProperty("dim_feedforward") int dimFeedforward,
        @JsonProperty("dropout") double dropout,
        @JsonProperty("attention_dropout") double attentionDropout,
        @JsonProperty("activation") Activation activation,
        @JsonProperty("layer_norm_eps") double layerNormEps,
        @JsonProperty("batch_first") boolean batchFirst,
        @JsonProperty("norm_first") boolean normFirst,
        @JsonProperty("tied") boolean tied,
        @JsonProperty("label_smoothing") double labelSmoothing)
        implements Architecture {

    /** The function inside the feed-forward layers. */
    public enum Activation {
        @JsonProperty("relu")
        RELU,
        @JsonProperty("gelu")
        GELU
    }

    private static final Initial ZERO = new Initial.Constant(0);
    private static final Initial ONE = new Initial.Constant(1);

    public Transformer {
        List<String> problems = new ArrayList<>();
        Hyperparameters.positive(problems, "source_vocabulary", sourceVocabulary);
        Hyperparameters.positive(problems, "target_vocabulary", targetVocabulary);
        Hyperparameters.positive(problems, "d_model", dModel);
        Hyperparameters.positive(problems, "nhead", nhead);
        Hyperparameters.positive(problems, "num_encoder_layers", numEncoderLayers);
        Hyperparameters.positive(problems, "num_decoder_layers", numDecoderLayers);
        Hyperparameters.positive(problems, "dim_feedforward", dimFeedforward);
        Hyperparameters.probability(problems, "dropout", dropout);
        Hyperparameters.probability(problems, "attention_dropout", attentionDropout);
        Hyperparameters.probability(problems, "label_smoothing", labelSmoothing);
        if (nhead > 0 && (dModel % nhead != 0 || dModel % 2 != 0)) {
            problems.add("d_model must be even and a multiple of nhead " + nhead + ", found " + dModel);
        }
        if (!(layerNormEps > 0 && layerNormEps < 1)) {
            problems.add("layer_norm_eps must be above 0 and below 1, found " + layerNormEps);
        }
        if (activation == null) {
            problems.add("activation must be relu or gelu, found nothing");
        }
        Hyperparameters.refuse("transformer", problems);
    }

    @Override
    public long layers() {
        return (long) numEncoderLayers + numDecoderLayers;
    }

    @Override
    public String source() {
        return "transformer";
    }

    @Override
    public List<String> sources() {
        return List.of("decoding", "transformer");
    }

    @Override
    public Map<String, Object> attributes() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("d_model", dModel);
        attributes.put("nhead", nhead);
        attributes.put("num_encoder_layers", numEncoderLayers);
        attributes.put("num_decoder_layers", numDecoderLayers);
        attributes.put("dropout", dropout);
        attributes.put("attention_dropout", attentionDropout);
        attributes.put("gelu", activation == Activation.GELU);
        attributes.put("layer_norm_eps", layerNormEps);
        attributes.put("batch_first", batchFirst);
        attributes.put("norm_first", normFirst);
        attributes.put("embedding_scale", Math.sqrt(dModel));
        attributes.put("label_smoothing", labelSmoothing);
        return attributes;
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        Initial embedding = new Initial.Normal(Math.sqrt(1.0 / dModel));
        parameters.add(Parameter.of("source_embedding.weight", embedding, sourceVocabulary, dModel));
        parameters.add(Parameter.of("target_embedding.weight", embedding, targetVocabulary, dModel));
        for (int layer = 0; layer < numEncoderLayers; layer++) {
            String prefix = "transformer.encoder.layers." + layer + ".";
            attention(parameters, prefix + "self_attn.");
            feedForward(parameters, prefix);
            norm(parameters, prefix + "norm1.");
            norm(parameters, prefix + "norm2.");
        }
        norm(parameters, "transformer.encoder.norm.");
        for (int layer = 0; layer < numDecoderLayers; layer++) {
            String prefix = "transformer.decoder.layers." + layer + ".";
            attention(parameters, prefix + "self_attn.");
            attention(parameters, prefix + "multihead_attn.");
            feedForward(parameters, prefix);
            norm(parameters, prefix + "norm1.");
            norm(parameters, prefix + "norm2.");
            norm(parameters, prefix + "norm3.");
        }
        norm(parameters, "transformer.decoder.norm.");
        if (!tied) {
            parameters.add(matrix("generator.weight", targetVocabulary, dModel));
        }
        parameters.add(Parameter.of("generator.bias", ZERO, targetVocabulary));
        return parameters;
    }

    private void attention(List<Parameter> parameters, String prefix) {
        parameters.add(matrix(prefix + "in_proj_weight", 3 * dModel, dModel));
        parameters.add(Parameter.of(prefix + "in_proj_bias", ZERO, 3 * dModel));
        parameters.add(matrix(prefix + "out_proj.weight", dModel, dModel));
        parameters.add(Parameter.of(prefix + "out_proj.bias", ZERO, dModel));
    }

    private void feedForward(List<Parameter> parameters, String prefix) {
        parameters.add(matrix(prefix + "linear1.weight", dimFeedforward, dModel));
        parameters.add(Parameter.of(prefix + "linear1.bias", ZERO, dimFeedforward));
        parameters.add(matrix(prefix + "linear2.weight", dModel, dimFeedforward));
        parameters.add(Parameter.of(prefix + "linear2.bias", ZERO, dModel));
    }

    private void norm(List<Parameter> parameters, String prefix) {
        parameters.add(Parameter.of(prefix + "weight", ONE, dModel));
        parameters.add(Parameter.of(prefix + "bias", ZERO, dModel));
    }

    /** Started as Glorot and Bengio (2010) have it, which is also what {@code nn.Transformer} does. */
    private static Parameter matrix(String name, int out, int in) {
        return Parameter.of(name, new Initial.Uniform(Math.sqrt(6.0 / (in + out))), out, in);
    }
}
