package dev.lexstream.inference;

import ai.djl.engine.EngineException;
import dev.lexstream.model.TorchErrors;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.util.List;

/** Runs a task's batches on a loaded model. Threading: confined to the thread that runs the first batch. */
public final class TorchRunner<P extends Prepared, R> implements BatchRunner<P, R> {

    private final TorchModel model;
    private final Task<?, P, R, ?> task;
    private final DeviceTurns turns;
    private boolean started;

    public TorchRunner(TorchModel model, Task<?, P, R, ?> task, DeviceTurns turns) {
        this.model = model;
        this.task = task;
        this.turns = turns;
    }

    @Override
    public List<R> run(List<P> batch) {
        if (!started) {
            TorchRuntime.optimizeNothingInThisThread();
            started = true;
        }
        try {
            return task.run(model, batch);
        } catch (EngineException e) {
            throw TorchErrors.outOfMemory(e) ? new OutOfDeviceMemoryException(e) : e;
        }
    }

    @Override
    public DeviceTurns turns() {
        return turns;
    }

    @Override
    public void close() {
        model.close();
    }
}
