package dev.lexstream.train;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Classifier;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/** A classifier's bundle on the CPU, for measuring. Used by one thread. */
public final class LoadedClassifier implements AutoCloseable {

    private final TorchModel model;
    private final ClassifierEvaluation evaluation;
    private final OptionalDouble threshold;

    private LoadedClassifier(TorchModel model, ClassifierEvaluation evaluation, OptionalDouble threshold) {
        this.model = model;
        this.evaluation = evaluation;
        this.threshold = threshold;
    }

    /**
     * Loads a bundle; PyTorch must have been started.
     *
     * @throws BundleException when it does not fit together or its architecture does not have the precision
     * @throws IllegalArgumentException when the CPU does not have the precision
     */
    public static LoadedClassifier open(ModelBundle bundle, Precision precision) throws IOException, BundleException {
        Classifier classifier = Classifier.of(bundle);
        TorchModel model = precision.load(bundle, Devices.cpu());
        ClassifierEvaluation evaluation =
                new ClassifierEvaluation(model, classifier, bundle.manifest().labels());
        return new LoadedClassifier(model, evaluation, bundle.manifest().threshold());
    }

    /**
     * Classifies texts and counts.
     *
     * @param outOfScope texts of no class, may be empty
     */
    public ClassifierScores evaluate(List<LabelledText> texts, List<String> outOfScope) {
        return evaluation.evaluate(texts, outOfScope, threshold);
    }

    @Override
    public void close() {
        model.close();
    }
}
