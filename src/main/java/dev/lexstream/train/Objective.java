package dev.lexstream.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What is to be learned: the batches of an epoch and the measure of success. */
interface Objective {

    /** The architecture's method that is minimized; it returns a scalar. Default: {@code loss}. */
    default String method() {
        return "loss";
    }

    /** The batches of one epoch; each makes the arguments of {@link #method}. */
    List<Function<NDManager, NDList>> epoch(SplittableRandom random);

    /** The dev score of some weights, 0 to 1, higher is better. */
    double score(Map<String, Tensor> weights) throws IOException;
}
