package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A network: TorchScript source below {@code src/main/resources/torchscript}, and the record of its hyper-parameters,
 * which fixes its parameters. Written to a model's manifest as it is, with its {@code type}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BertClassifier.class, name = "bert_classifier"),
    @JsonSubTypes.Type(value = BertMaskedLm.class, name = "bert_masked_lm"),
    @JsonSubTypes.Type(value = LstmTagger.class, name = "lstm_tagger"),
    @JsonSubTypes.Type(value = RnnSeq2Seq.class, name = "rnn_seq2seq"),
    @JsonSubTypes.Type(value = Transformer.class, name = "transformer")
})
public sealed interface Architecture permits BertClassifier, BertMaskedLm, LstmTagger, RnnSeq2Seq, Transformer {

    /** The architectures that have linear layers in 8 bits, see {@link #linearLayers()}. */
    List<String> EIGHT_BIT = List.of("bert_classifier", "bert_masked_lm");

    /** Name of the source file, without ending. */
    String source();

    /** Names of the source files whose methods make up the module, {@link #source} last. Default: that one alone. */
    default List<String> sources() {
        return List.of(source());
    }

    /** The learned tensors, in the order in which they are declared. */
    List<Parameter> parameters();

    /** Names of the linear layers that can compute in 8 bits, such as {@code classifier}; empty when none can. */
    default List<String> linearLayers() {
        return List.of();
    }

    /** What the source reads as {@code self.NAME}: values of type Integer, Double or Boolean. */
    Map<String, Object> attributes();

    /** Random weights to start training from, the same for the same seed. */
    default Map<String, Tensor> start(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Parameter parameter : parameters()) {
            weights.put(parameter.name(), parameter.start(random.split()));
        }
        return weights;
    }

    /**
     * How often the network repeats a block that has tensors of its own: {@link #parameters()} is as long as this many of
     * them, so that a number that nothing stands behind can be told before it is written out.
     */
    long layers();

    /**
     * Checks weights against the parameters.
     *
     * @throws IllegalArgumentException naming everything missing, unknown or of another shape
     */
    default void check(Map<String, Tensor> weights) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        checkShapes(shapes);
    }

    /** As {@link #check}, by the shapes of weights alone. Takes no more time and memory than there are weights. */
    default void checkShapes(Map<String, List<Long>> shapes) {
        if (layers() > shapes.size()) {
            throw new IllegalArgumentException("weights do not fit " + source() + ": it has " + layers()
                    + " layers, the weights are only " + shapes.size() + " tensors");
        }
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new HashSet<>(shapes.keySet());
        for (Parameter parameter : parameters()) {
            List<Long> shape = shapes.get(parameter.name());
            unknown.remove(parameter.name());
            if (shape == null) {
                problems.add("'" + parameter.name() + "' is missing");
            } else if (!shape.equals(parameter.shape())) {
                problems.add("'" + parameter.name() + "' must have shape " + parameter.shape() + ", found " + shape);
            }
        }
        unknown.stream().sorted().forEach(name -> problems.add("'" + name + "' is not a parameter of " + source()));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("weights do not fit " + source() + ": " + String.join("; ", problems));
        }
    }
}
