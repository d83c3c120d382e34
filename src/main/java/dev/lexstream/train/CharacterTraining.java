package dev.lexstream.train;

import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TextSettings;
import dev.lexstream.nlp.CharacterTokenizer;
import dev.lexstream.nlp.NgramFeatures;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.TaggerInput;
import dev.lexstream.nlp.TaggerInput.Form;
import dev.lexstream.nlp.TextTokens;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.Tensor;
import dev.lexstream.train.TaggerObjective.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Trains the encoder and the LSTM of a tagger of characters on texts without tags, by hidden characters. The bundle is a
 * tagger whose tags are the characters: a {@link StartingPoint} for others.
 */
public final class CharacterTraining {

    /** One text in so many is kept to measure on. */
    private static final int DEV_SHARE = 100;

    /** Longer texts are cut: the rest would cost more than it teaches. */
    private static final int LONGEST = 128;

    private final TaggerOptions options;
    private final NgramFeatures features;
    private final Tagger tagger;
    private final List<String> labels;
    private final List<Example> train = new ArrayList<>();
    private final List<Example> dev = new ArrayList<>();

    /**
     * @param texts to learn from; the same text counts once
     * @param minNgramCount n-grams seen less often are unknown
     */
    public CharacterTraining(Collection<String> texts, TaggerOptions options, int minNgramCount)
            throws TrainingException {
        CharacterTokenizer tokenizer = new CharacterTokenizer();
        List<List<String>> sentences = new LinkedHashSet<>(texts)
                .stream()
                        .map(text -> TextTokens.of(text, tokenizer, TextSettings.ON).texts().stream()
                                .limit(LONGEST)
                                .toList())
                        .filter(tokens -> !tokens.isEmpty())
                        .toList();
        if (sentences.size() < DEV_SHARE) {
            throw new TrainingException(
                    "at least " + DEV_SHARE + " different texts are required, found " + sentences.size());
        }
        this.options = options;
        this.features = Vocabularies.ngrams(sentences, options.minCount(), minNgramCount);
        this.labels = features.characters().all();
        this.tagger = new Tagger(features, labels, options.longestInput(), TextSettings.ON);
        for (int i = 0; i < sentences.size(); i++) {
            (i % DEV_SHARE == 0 ? dev : train).add(example(sentences.get(i)));
        }
    }

    private Example example(List<String> tokens) {
        TaggerInput input = tagger.prepare(tokens);
        return new Example(input, input.forms().stream().mapToInt(Form::word).toArray());
    }

    /**
     * Trains and writes the bundle.
     *
     * @throws TrainingException when training fails; nothing is written then
     */
    public ModelBundle run(Path folder, TrainingProgress progress) throws IOException, TrainingException {
        LstmTagger architecture = options.architecture(features, labels.size());
        TrainingSettings settings = options.settings();
        MaskedCharacters learning =
                new MaskedCharacters(architecture, tagger, train, dev, settings.batchSize(), settings.seed());
        Map<String, Tensor> half = TaggerTraining.half(new Trainer(architecture, settings, progress).train(learning));
        BundleInfo info = options.info();
        ModelManifest plain = new ModelManifest(
                info.name(),
                info.version(),
                TaskKind.ENCODER,
                info.languages(),
                options.longestInput(),
                labels,
                architecture,
                info.data(),
                info.licence(),
                Map.of("hidden characters found", learning.score(half)),
                Map.of());
        return BundleWriter.write(folder, plain.withText(TextSettings.ON), half, features.files());
    }
}
