package dev.lexstream.train;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.nlp.Translator;
import java.io.IOException;
import java.util.List;

/** A translator's bundle on the CPU, for measuring. Used by one thread. */
public final class LoadedTranslator implements AutoCloseable {

    private final TorchModel model;
    private final TranslatorEvaluation evaluation;

    private LoadedTranslator(TorchModel model, TranslatorEvaluation evaluation) {
        this.model = model;
        this.evaluation = evaluation;
    }

    /**
     * Loads a bundle to decode in a given way; PyTorch must have been started.
     *
     * @throws BundleException when it does not fit together or its architecture does not have the precision
     * @throws IllegalArgumentException when the CPU does not have the precision
     */
    public static LoadedTranslator open(ModelBundle bundle, Decoding decoding, Precision precision)
            throws IOException, BundleException {
        Translator translator = Translator.of(bundle, decoding);
        TorchModel model = precision.load(bundle, Devices.cpu());
        TorchRuntime.optimizeNothingInThisThread();
        return new LoadedTranslator(model, new TranslatorEvaluation(model, translator));
    }

    /** Translates the sources and compares with the targets. */
    public TranslatorScores evaluate(List<TranslationPair> pairs) {
        return evaluation.evaluate(pairs);
    }

    @Override
    public void close() {
        model.close();
    }
}
