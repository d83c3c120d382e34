package dev.lexstream.train;

import ai.djl.Device;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.torchscript.ElementType;
import java.io.IOException;
import java.util.List;

/** A tagger's bundle on the CPU, for measuring. Used by one thread. */
public final class LoadedTagger implements AutoCloseable {

    private final TorchModel model;
    private final TaggerEvaluation evaluation;

    private LoadedTagger(TorchModel model, TaggerEvaluation evaluation) {
        this.model = model;
        this.evaluation = evaluation;
    }

    /** Loads a bundle; PyTorch must have been started. */
    public static LoadedTagger open(ModelBundle bundle) throws IOException, BundleException {
        Tagger tagger = Tagger.of(bundle);
        TorchModel model =
                TorchModel.load(bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu());
        return new LoadedTagger(
                model, new TaggerEvaluation(model, tagger, bundle.manifest().labels()));
    }

    /** Tags sentences and counts. */
    public TaggerScores evaluate(List<TaggedSentence> sentences) {
        return evaluation.evaluate(sentences);
    }

    @Override
    public void close() {
        model.close();
    }
}
