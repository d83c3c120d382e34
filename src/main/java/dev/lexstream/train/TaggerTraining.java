package dev.lexstream.train;

import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.TagScheme;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.TaggerInput;
import dev.lexstream.nlp.TaggerInput.Form;
import dev.lexstream.nlp.TokenFeatures;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Trains the LSTM tagger on tagged sentences and writes its bundle. */
public final class TaggerTraining {

    private final List<TaggedSentence> train;
    private final List<TaggedSentence> dev;
    private final TaggerOptions options;
    private final GoldTags gold;
    private final List<String> labels;
    private final Optional<StartingPoint> start;
    private final Tagger tagger;
    private final TokenFeatures features;

    /**
     * @param format of the sentences, which decides with the unit what their tags mean
     * @param train sentences to learn from; those without any tag teach nothing
     * @param dev sentences to measure on and to stop by
     * @param start a tagger whose vocabularies, encoder and LSTM this one begins with, instead of random ones
     * @throws TrainingException when a tag of the dev data is not in the training data, or the start has another unit
     */
    public TaggerTraining(
            TaggedFormat format,
            List<TaggedSentence> train,
            List<TaggedSentence> dev,
            TaggerOptions options,
            Optional<StartingPoint> start)
            throws TrainingException {
        this.gold = GoldTags.of(format, options.unit());
        this.train = train.stream()
                .filter(sentence -> sentence.untagged() < sentence.words().size())
                .map(gold::tokens)
                .toList();
        this.dev = List.copyOf(dev);
        this.options = options;
        this.start = start;
        this.labels = labels(this.train);
        check();
        this.features = start.map(StartingPoint::features)
                .orElseGet(() -> Vocabularies.of(
                        options.unit(),
                        this.train.stream().map(TaggedSentence::words).toList(),
                        options.minCount()));
        this.tagger = new Tagger(features, labels, options.longestInput(), TextSettings.ON);
    }

    /** The name of the measure that training reports and stops by. */
    public String measure() {
        return TaggerScores.mainName(gold.scheme());
    }

    private void check() throws TrainingException {
        TreeSet<String> unknown =
                new TreeSet<>(labels(dev.stream().map(gold::tokens).toList()));
        labels.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new TrainingException("tags of the dev data that the training data does not have: "
                    + VisibleText.listed(unknown) + "; it has " + VisibleText.listed(labels));
        }
        if (start.isPresent() && start.get().unit() != options.unit()) {
            throw new TrainingException(
                    "the tagger to start from has tokens " + start.get().unit() + ", asked for " + options.unit());
        }
    }

    /**
     * Trains and writes the bundle.
     *
     * @throws TrainingException when training fails; nothing is written then
     */
    public ModelBundle run(Path folder, TrainingProgress progress) throws IOException, TrainingException {
        LstmTagger architecture = start.map(
                        point -> point.architecture(labels.size(), options.dropout(), options.crf()))
                .orElseGet(() -> options.architecture(features, labels.size()));
        Map<String, Tensor> weights = architecture.start(options.settings().seed());
        start.ifPresent(point -> weights.putAll(point.weights()));
        Learning learning = new Learning(architecture);
        Map<String, Tensor> best = new Trainer(architecture, options.settings(), progress)
                .train(new Transitions(labels).forbidIn(weights), learning);
        Map<String, Tensor> half = half(best);
        learning.score(half);
        progress.compared(learning.comparison());
        BundleInfo info = options.info();
        ModelManifest plain = new ModelManifest(
                info.name(),
                info.version(),
                TaskKind.TAGGER,
                info.languages(),
                options.longestInput(),
                labels,
                architecture,
                info.data(),
                info.licence(),
                learning.last(),
                Map.of());
        ModelManifest manifest = plain.withText(TextSettings.ON);
        return GoldenTexts.addTo(BundleWriter.write(folder, manifest, half, features.files()));
    }

    static Map<String, Tensor> half(Map<String, Tensor> weights) {
        Map<String, Tensor> half = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> half.put(name, tensor.to(ElementType.FLOAT16)));
        return half;
    }

    private List<String> labels(List<TaggedSentence> sentences) {
        TreeSet<String> labels = new TreeSet<>();
        sentences.forEach(sentence -> labels.addAll(sentence.tags()));
        labels.remove(TaggedSentence.UNTAGGED);
        if (gold.scheme() == TagScheme.SPANS) {
            labels.add(TagScheme.OUTSIDE);
        }
        return List.copyOf(labels);
    }

    private List<TaggerObjective.Example> examples() {
        List<TaggerObjective.Example> examples = new ArrayList<>();
        for (TaggedSentence sentence : train) {
            // an untagged token is none of the labels: -1, of which nothing is learned
            int[] tags = sentence.tags().stream().mapToInt(labels::indexOf).toArray();
            examples.add(new TaggerObjective.Example(tagger.prepare(sentence.words()), tags));
        }
        return examples;
    }

    private final class Learning extends TaggerObjective {

        private TaggerScores last;

        Learning(LstmTagger architecture) {
            super(architecture, examples(), options.settings().batchSize());
        }

        @Override
        Example disturb(Example example, SplittableRandom random) {
            TaggerInput input = example.input();
            List<Form> forms = input.forms().stream()
                    .map(form -> features.forget(form, options.wordDropout(), random))
                    .toList();
            return new Example(new TaggerInput(forms, input.spans(), input.total()), example.labels());
        }

        @Override
        double score(TorchModel model) {
            last = new TaggerEvaluation(model, tagger, gold).evaluate(dev);
            return last.main();
        }

        Comparison comparison() {
            return TrivialTags.of(dev, gold, tagger).comparison(last);
        }

        Map<String, Double> last() {
            Map<String, Double> named = new TreeMap<>();
            last.measures().forEach((name, value) -> named.put(name + " on the dev data", value));
            return named;
        }
    }
}
