package dev.lexstream.app;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.ModelId;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Annotated;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The task of one model, whose results say which model made them. */
final class IdentifiedTask<I, P extends Prepared, R> implements Task<I, P, R, Annotated> {

    private final Task<I, P, R, ? extends Annotation> task;
    private final ModelId model;

    IdentifiedTask(Task<I, P, R, ? extends Annotation> task, ModelId model) {
        this.task = Objects.requireNonNull(task, "task");
        this.model = Objects.requireNonNull(model, "model");
    }

    @Override
    public Annotated complete(P prepared, R result) {
        return new Annotated(model, task.complete(prepared, result));
    }

    @Override
    public Optional<ModelId> model() {
        return Optional.of(model);
    }

    @Override
    public P prepare(I input) {
        return task.prepare(input);
    }

    @Override
    public String method() {
        return task.method();
    }

    @Override
    public NDList batch(NDManager manager, List<P> members) {
        return task.batch(manager, members);
    }

    @Override
    public List<R> unbatch(NDList outputs, List<P> members) {
        return task.unbatch(outputs, members);
    }

    @Override
    public R blank(P prepared) {
        return task.blank(prepared);
    }

    @Override
    public List<R> run(TorchModel model, List<P> members) {
        return task.run(model, members);
    }
}
