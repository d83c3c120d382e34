package dev.lexstream.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.Devices;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.TaggerBatch;
import dev.lexstream.nlp.TaggerInput;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Learns the labels of tokens. What is hidden from the tagger in training, and how it is measured, is for others to say. */
abstract class TaggerObjective implements Objective {

    private final LstmTagger architecture;
    private final List<Example> examples;
    private final int batchSize;

    /**
     * A sentence as the tagger sees it.
     *
     * @param labels indices into the tag set, one for each token; -1 where there is nothing to learn
     */
    record Example(TaggerInput input, int[] labels) {}

    TaggerObjective(LstmTagger architecture, List<Example> examples, int batchSize) {
        this.architecture = architecture;
        this.examples = List.copyOf(examples);
        this.batchSize = batchSize;
    }

    /** The example with some of it hidden, drawn anew each time. */
    abstract Example disturb(Example example, SplittableRandom random);

    /** The dev score of a model. */
    abstract double score(TorchModel model);

    @Override
    public List<Function<NDManager, NDList>> epoch(SplittableRandom random) {
        List<Function<NDManager, NDList>> batches = new ArrayList<>();
        for (List<Example> batch :
                LengthBuckets.batches(examples, example -> example.input().length(), batchSize, random)) {
            SplittableRandom disturbance = random.split();
            batches.add(manager -> arguments(
                    manager,
                    batch.stream().map(example -> disturb(example, disturbance)).toList()));
        }
        return batches;
    }

    private static NDList arguments(NDManager manager, List<Example> examples) {
        TaggerBatch batch =
                new TaggerBatch(manager, examples.stream().map(Example::input).toList());
        NDList arguments = batch.arguments();
        arguments.add(batch.labels(examples.stream().map(Example::labels).toList()));
        return arguments;
    }

    @Override
    public double score(Map<String, Tensor> weights) throws IOException {
        try (TorchModel model = TorchModel.load(architecture, weights, ElementType.FLOAT32, Devices.cpu())) {
            return score(model);
        }
    }
}
