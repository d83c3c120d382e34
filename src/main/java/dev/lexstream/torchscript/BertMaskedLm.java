package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The masked language model that an encoder is pre-trained in; its output layer is the word embeddings. The parameters
 * are those of Hugging Face's {@code BertForMaskedLM}, the tied decoder left out, and of its pooler: hidden words are
 * also predicted from the pooled text alone, which makes it a summary before any class is learned.
 *
 * @param encoder to be trained
 * @see <a href="https://arxiv.org/abs/2104.08253">Gao and Callan, "Condenser" (2021), on pre-training the first token</a>
 */
public record BertMaskedLm(@JsonProperty(value = "encoder", required = true) BertEncoder encoder)
        implements Architecture {

    public BertMaskedLm {
        Objects.requireNonNull(encoder, "encoder");
    }

    @Override
    public long layers() {
        return encoder.layers();
    }

    @Override
    public String source() {
        return "bert_masked_lm";
    }

    @Override
    public List<String> sources() {
        return BertEncoder.sources(source());
    }

    @Override
    public List<String> linearLayers() {
        return encoder.linearLayers();
    }

    @Override
    public Map<String, Object> attributes() {
        return encoder.attributes();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = encoder.parameters();
        String transform = "cls.predictions.transform.";
        BertEncoder.linear(parameters, transform + "dense", encoder.hiddenSize(), encoder.hiddenSize());
        encoder.norm(parameters, transform + "LayerNorm");
        parameters.add(BertEncoder.bias("cls.predictions", encoder.vocabulary()));
        return parameters;
    }
}
