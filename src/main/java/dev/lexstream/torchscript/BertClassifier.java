package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Hyper-parameters of the text classifier: BERT encoder, pooler, dropout, linear layer, with or without ReLU. The
 * parameters are those of Hugging Face's {@code BertForSequenceClassification}.
 *
 * @param encoder of the text
 * @param classes number of outputs
 * @param head what comes after the linear layer
 * @param dropout probability in training, on the pooled output
 */
public record BertClassifier(
        @JsonProperty(value = "encoder", required = true) BertEncoder encoder,
        @JsonProperty("classes") int classes,
        @JsonProperty(value = "head", required = true) Head head,
        @JsonProperty("classifier_dropout") double dropout)
        implements Architecture {

    /** Bounds the memory of one call: about 16,000 tokens of an intermediate layer at a time. */
    private static final int TOKENS_AT_A_TIME = 16_384;

    /** What comes out of a classifier. */
    public enum Head {
        /** The linear layer's outputs. */
        @JsonProperty("linear")
        LINEAR,
        /** The same, rectified. */
        @JsonProperty("linear_relu")
        LINEAR_RELU
    }

    public BertClassifier {
        Objects.requireNonNull(encoder, "encoder");
        Objects.requireNonNull(head, "head");
        List<String> problems = new ArrayList<>();
        Hyperparameters.positive(problems, "classes", classes);
        if (classes == 1) {
            problems.add("classes must be at least 2, found 1");
        }
        Hyperparameters.probability(problems, "classifier_dropout", dropout);
        Hyperparameters.refuse("bert_classifier", problems);
    }

    @Override
    public long layers() {
        return encoder.layers();
    }

    @Override
    public String source() {
        return "bert_classifier";
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
        Map<String, Object> attributes = encoder.attributes();
        attributes.put("relu", head == Head.LINEAR_RELU);
        attributes.put("classifier_dropout", dropout);
        attributes.put("tokens_at_a_time", TOKENS_AT_A_TIME);
        return attributes;
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = encoder.parameters();
        BertEncoder.linear(parameters, "classifier", encoder.hiddenSize(), classes);
        return parameters;
    }
}
