package dev.lexstream.inference;

import ai.djl.Device;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import dev.lexstream.torchscript.ElementType;
import java.io.IOException;
import java.util.List;

/** Puts models onto the CPU, in fp32. */
public final class TorchRunners implements RunnerFactory {

    @Override
    public <P extends Prepared, R> List<BatchRunner<P, R>> runners(ModelBundle bundle, Task<?, P, R, ?> task)
            throws IOException, BundleException {
        TorchModel model =
                TorchModel.load(bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu());
        return List.of(new TorchRunner<>(model, task));
    }
}
