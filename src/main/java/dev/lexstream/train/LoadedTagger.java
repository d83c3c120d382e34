package dev.lexstream.train;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.TagScheme;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.TokenEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A tagger's bundle on the CPU, for measuring. Used by one thread. */
public final class LoadedTagger implements AutoCloseable {

    private final TorchModel model;
    private final Tagger tagger;
    private final TokenUnit unit;

    private LoadedTagger(TorchModel model, Tagger tagger, TokenUnit unit) {
        this.model = model;
        this.tagger = tagger;
        this.unit = unit;
    }

    /**
     * Loads a bundle; PyTorch must have been started.
     *
     * @throws BundleException when it does not fit together or its architecture does not have the precision
     * @throws IllegalArgumentException when the CPU does not have the precision
     */
    public static LoadedTagger open(ModelBundle bundle, Precision precision) throws IOException, BundleException {
        Tagger tagger = Tagger.of(bundle);
        TorchModel model = precision.load(bundle, Devices.cpu());
        LstmTagger architecture = (LstmTagger) bundle.manifest().architecture();
        boolean words = architecture.encoder() instanceof TokenEncoder.Words;
        return new LoadedTagger(model, tagger, words ? TokenUnit.WORD : TokenUnit.CHARACTER);
    }

    /**
     * Tags the sentences of a file and counts.
     *
     * @throws TrainingException when the file is malformed or has tags of another kind than the tagger's
     */
    public TaggerScores evaluate(Path file) throws IOException, TrainingException {
        TaggedFormat format = TaggedFormat.of(file);
        GoldTags gold = GoldTags.of(format, unit);
        if (gold.scheme() != tagger.scheme()) {
            TaggedFormat needed = tagger.scheme() == TagScheme.SPANS ? TaggedFormat.BIO : TaggedFormat.CONLLU;
            throw new TrainingException(file + " is of format " + format + ", this tagger needs " + needed);
        }
        return evaluate(format.read(file));
    }

    /** Tags sentences and counts. */
    TaggerScores evaluate(List<TaggedSentence> sentences) {
        return new TaggerEvaluation(model, tagger, new GoldTags(tagger.scheme(), unit)).evaluate(sentences);
    }

    @Override
    public void close() {
        model.close();
    }
}
