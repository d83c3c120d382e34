package dev.lexstream.inference;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.io.IOException;
import java.util.List;

/** Puts models onto devices. Threading: used by the thread that starts the engine. */
public interface RunnerFactory {

    /**
     * One runner for each device that is to compute the model.
     *
     * @param bundle the model
     * @param task what it does
     * @return one or more; the caller closes them
     * @throws IOException when the model cannot be loaded
     * @throws BundleException when the bundle does not fit a device
     */
    <P extends Prepared, R> List<BatchRunner<P, R>> runners(ModelBundle bundle, Task<?, P, R, ?> task)
            throws IOException, BundleException;
}
