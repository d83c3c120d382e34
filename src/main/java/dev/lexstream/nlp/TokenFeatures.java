package dev.lexstream.nlp;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.BundleWriter.FileWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.TaggerInput.Form;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.TokenEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a tagger is told of each token: ids from its vocabularies. Immutable. */
public sealed interface TokenFeatures permits WordFeatures, NgramFeatures {

    /** Cuts texts into the tokens that {@link #forms} takes. */
    Tokenizer tokenizer();

    /** The tokens of one sentence, as many as given. */
    List<Form> forms(List<String> tokens);

    /** The token with each of its entries unknown by chance, so that training looks at the others and its neighbours. */
    Form forget(Form form, double probability, SplittableRandom random);

    /** The vocabulary files of a bundle, by name, each a {@code tokenizer.json} of Hugging Face's tokenizers. */
    Map<String, FileWriter> files();

    /**
     * Reads the vocabulary files of a tagger's bundle.
     *
     * @throws BundleException when they cannot be read or have not as many entries as the architecture says
     */
    static TokenFeatures read(ModelBundle bundle) throws BundleException {
        try {
            return files(bundle);
        } catch (IOException | IllegalArgumentException e) {
            throw new BundleException(bundle.folder(), List.of(String.valueOf(e.getMessage())), e);
        }
    }

    private static TokenFeatures files(ModelBundle bundle) throws IOException, BundleException {
        List<String> problems = new ArrayList<>();
        LstmTagger architecture = architecture(bundle);
        expect("labels", architecture.tags(), bundle.manifest().labels().size(), problems);
        TokenFeatures features;
        if (architecture.encoder() instanceof TokenEncoder.Words encoder) {
            WordFeatures words = WordFeatures.read(bundle);
            expect("words", encoder.words(), words.words().size(), problems);
            expect("characters", encoder.characters(), words.characters().size(), problems);
            features = words;
        } else {
            TokenEncoder.Ngrams encoder = (TokenEncoder.Ngrams) architecture.encoder();
            NgramFeatures ngrams = NgramFeatures.read(bundle);
            expect("words", encoder.words(), ngrams.characters().size(), problems);
            expect("ngrams", encoder.ngrams(), ngrams.ngrams().size(), problems);
            expect("features", encoder.features(), NgramFeatures.COUNT, problems);
            features = ngrams;
        }
        if (!problems.isEmpty()) {
            throw new BundleException(bundle.folder(), problems);
        }
        return features;
    }

    private static LstmTagger architecture(ModelBundle bundle) throws BundleException {
        if (bundle.manifest().architecture() instanceof LstmTagger architecture) {
            return architecture;
        }
        String found = bundle.manifest().architecture().source();
        throw new BundleException(bundle.folder(), List.of("a tagger's architecture is lstm_tagger, found " + found));
    }

    private static void expect(String what, int expected, int found, List<String> problems) {
        if (found != expected) {
            problems.add(what + ": the architecture has " + expected + ", the bundle " + found);
        }
    }
}
