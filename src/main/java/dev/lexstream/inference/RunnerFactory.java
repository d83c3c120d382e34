package dev.lexstream.inference;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.io.IOException;
import java.util.List;

/** Loads models onto devices. Threading: used by the thread that starts the engine. */
public interface RunnerFactory {

    /**
     * Loads a model onto each of its devices.
     *
     * @param bundle the model
     * @param task the model's task
     * @return one runner for each device, at least one; the caller closes them
     * @throws IOException when the model cannot be loaded
     * @throws BundleException when the bundle does not fit a device
     */
    <P extends Prepared, R> List<BatchRunner<P, R>> runners(ModelBundle bundle, Task<?, P, R, ?> task)
            throws IOException, BundleException;
}
