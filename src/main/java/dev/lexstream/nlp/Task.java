package dev.lexstream.nlp;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.ModelId;
import dev.lexstream.model.TorchModel;
import java.util.List;
import java.util.Optional;

/**
 * What a kind of model does with its inputs, cut where the threads change: preparation and completion run anywhere, only
 * {@link #run} needs the device.
 *
 * <p>Threading: implementations are immutable and serve all threads.
 *
 * @param <I> an input, such as a text
 * @param <P> an input after tokenization
 * @param <R> what the model says of one input
 * @param <O> the result, such as an annotation
 */
public interface Task<I, P extends Prepared, R, O> {

    /**
     * Tokenizes one input.
     *
     * @throws IllegalArgumentException when this input can never be processed; says why
     */
    P prepare(I input);

    /** The method of the model that {@link #run} calls. */
    String method();

    /** Puts inputs into tensors, padded to the longest: one direct buffer for each argument of the model's method. */
    NDList batch(NDManager manager, List<P> members);

    /** Copies a batch's results back, once, and deals them out in the order of the members. */
    List<R> unbatch(NDList outputs, List<P> members);

    /** A result of the right form that no model has made: for measurements of everything but the model. */
    R blank(P prepared);

    /**
     * Makes the result of one input: labels, offsets, text.
     *
     * @throws IllegalStateException when what the model says is no answer, such as NaN
     */
    O complete(P prepared, R result);

    /** Whose task it is, where that is known: then failures name the model. */
    default Optional<ModelId> model() {
        return Optional.empty();
    }

    /** Runs one batch on a device, from the thread that owns the model; every native array is freed. */
    default List<R> run(TorchModel model, List<P> members) {
        try (NDManager manager = model.manager().newSubManager()) {
            return unbatch(model.call(method(), batch(manager, members)), members);
        }
    }
}
