package dev.lexstream.train;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.BertTokenizer;
import dev.lexstream.torchscript.BertClassifier;
import dev.lexstream.torchscript.BertEncoder;
import dev.lexstream.torchscript.BertMaskedLm;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An encoder to start a classifier from.
 *
 * @param architecture of the encoder
 * @param weights with the names of Hugging Face's models; those that are not of the encoder do no harm
 * @param tokenizer content of its {@code tokenizer.json}
 */
public record PretrainedEncoder(BertEncoder architecture, Map<String, Tensor> weights, byte[] tokenizer) {

    /**
     * Reads the encoder of a bundle, be it an encoder's or a classifier's.
     *
     * @throws BundleException when the bundle has no BERT
     */
    public static PretrainedEncoder of(ModelBundle bundle) throws IOException, BundleException {
        BertEncoder encoder;
        if (bundle.manifest().architecture() instanceof BertMaskedLm model) {
            encoder = model.encoder();
        } else if (bundle.manifest().architecture() instanceof BertClassifier model) {
            encoder = model.encoder();
        } else {
            throw new BundleException(
                    bundle.folder(),
                    List.of("to start from, it must have a BERT, found "
                            + bundle.manifest().architecture().source()));
        }
        BertTokenizer.of(bundle);
        return new PretrainedEncoder(
                encoder, bundle.weights(), Files.readAllBytes(bundle.verified(BertTokenizer.FILE)));
    }

    /** The start of a classifier: its own parameters at random, the encoder's from here. */
    Map<String, Tensor> start(BertClassifier classifier, long seed) {
        Map<String, Tensor> start = new LinkedHashMap<>(classifier.start(seed));
        weights.forEach((name, tensor) -> {
            if (!name.startsWith("classifier.")) {
                start.computeIfPresent(name, (same, random) -> tensor);
            }
        });
        return start;
    }
}
