package dev.lexstream.train;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.NgramFeatures;
import dev.lexstream.nlp.TokenFeatures;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trained tagger that another one begins with: its vocabularies, its encoder and its LSTM. What it made of them, the
 * new one learns for itself.
 *
 * @param features vocabularies
 * @param architecture whose weights these are
 * @param weights of the encoder and the LSTM only
 */
public record StartingPoint(TokenFeatures features, LstmTagger architecture, Map<String, Tensor> weights) {

    /** The tagger of a bundle. */
    public static StartingPoint of(ModelBundle bundle) throws BundleException {
        TokenFeatures features = TokenFeatures.read(bundle);
        Map<String, Tensor> weights = new LinkedHashMap<>(bundle.weights());
        weights.keySet().removeIf(name -> name.startsWith("linear.") || name.startsWith("crf."));
        return new StartingPoint(features, (LstmTagger) bundle.manifest().architecture(), weights);
    }

    TokenUnit unit() {
        return features instanceof NgramFeatures ? TokenUnit.CHARACTER : TokenUnit.WORD;
    }

    /** The same encoder and LSTM with another tag set and dropout. */
    LstmTagger architecture(int tags, double dropout, boolean crf) {
        return new LstmTagger(
                architecture.encoder(),
                tags,
                architecture.hiddenSize(),
                architecture.numLayers(),
                architecture.bidirectional(),
                dropout,
                crf);
    }
}
