package dev.lexstream.bench;

import dev.lexstream.inference.BatchRunner;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.util.List;

/** One sleeping device for each model. */
final class SleepingDevices implements RunnerFactory {

    private final DeviceModel model;

    SleepingDevices(DeviceModel model) {
        this.model = model;
    }

    @Override
    public <P extends Prepared, R> List<BatchRunner<P, R>> runners(ModelBundle bundle, Task<?, P, R, ?> task) {
        return List.of(new SleepingRunner<>(model, task));
    }
}
