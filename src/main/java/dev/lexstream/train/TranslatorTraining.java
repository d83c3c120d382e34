package dev.lexstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TranslationSettings;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.nlp.TokenMatrix;
import dev.lexstream.nlp.Translator;
import dev.lexstream.nlp.VisibleText;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Trains a translator on sentence pairs and writes its bundle. */
public final class TranslatorTraining {

    private final List<TranslationPair> train;
    private final List<TranslationPair> dev;
    private final TranslatorOptions options;

    /**
     * @param train pairs to learn from
     * @param dev pairs to measure on and to stop by
     */
    public TranslatorTraining(List<TranslationPair> train, List<TranslationPair> dev, TranslatorOptions options) {
        this.train = train.stream().map(TranslatorTraining::visible).toList();
        this.dev = List.copyOf(dev);
        this.options = options;
    }

    /** A pair as the model will see its source. */
    private static TranslationPair visible(TranslationPair pair) {
        String source = VisibleText.of(pair.source()).text();
        return source.isBlank() ? pair : new TranslationPair(source, pair.target());
    }

    /**
     * Trains and writes the bundle. The dev score is BLEU with greedy decoding; the card has that of the bundle's own
     * decoding.
     *
     * @throws TrainingException when the data is too little or too long, or training fails; nothing is written then
     */
    public ModelBundle run(Path folder, TrainingProgress progress) throws IOException, TrainingException {
        TranslatorTokenizers tokenizers = TranslatorTokenizers.learn(train, options);
        Architecture architecture = options.network()
                .of(tokenizers.source().size(), tokenizers.target().size());
        Learning learning = new Learning(architecture, tokenizers);
        Map<String, Tensor> best = new Trainer(architecture, options.settings(), progress).train(learning);
        Map<String, Tensor> half = new LinkedHashMap<>();
        best.forEach((name, tensor) -> half.put(name, tensor.to(ElementType.FLOAT16)));
        List<String> translations = learning.translate(half, options.decoding());
        TranslatorScores scores = TranslatorScores.of(translations, dev);
        progress.compared(ConstantTranslation.comparison(translations, train, dev));
        return GoldenTexts.addTo(write(folder, options, architecture, half, tokenizers, quality(scores)));
    }

    private Map<String, Double> quality(TranslatorScores scores) {
        int beam = options.decoding().beam();
        return Map.of(
                "BLEU on the dev data, beam " + beam,
                scores.bleu().score() / 100,
                "chrF on the dev data, beam " + beam,
                scores.chrf().score() / 100);
    }

    static ModelBundle write(
            Path folder,
            TranslatorOptions options,
            Architecture architecture,
            Map<String, Tensor> weights,
            TranslatorTokenizers tokenizers,
            Map<String, Double> quality)
            throws IOException {
        BundleInfo info = options.info();
        ModelManifest manifest = new ModelManifest(
                info.name(),
                info.version(),
                TaskKind.TRANSLATOR,
                info.languages(),
                options.longestInput(),
                List.of(),
                architecture,
                info.data(),
                info.licence(),
                quality,
                null,
                settings(options, options.decoding()),
                TextSettings.ON,
                Map.of());
        return BundleWriter.write(folder, manifest, weights, tokenizers.files());
    }

    private static TranslationSettings settings(TranslatorOptions options, Decoding decoding) {
        return new TranslationSettings(options.targetLanguage(), options.longestSentence(), decoding);
    }

    /** A pair as token ids. */
    private record Example(long[] source, long[] target) {

        /** Pairs of similar target length, then of similar source length, come together. */
        int order() {
            return target.length * 1024 + source.length;
        }
    }

    private final class Learning implements Objective {

        private final Architecture architecture;
        private final TranslatorTokenizers tokenizers;
        private final List<Example> examples;

        Learning(Architecture architecture, TranslatorTokenizers tokenizers) throws TrainingException {
            this.architecture = architecture;
            this.tokenizers = tokenizers;
            this.examples = examples();
        }

        private List<Example> examples() throws TrainingException {
            List<long[]> sources = tokenizers
                    .source()
                    .encode(train.stream().map(TranslationPair::source).toList());
            List<long[]> targets = tokenizers
                    .target()
                    .encode(train.stream().map(TranslationPair::target).toList());
            List<Example> fitting = new ArrayList<>();
            int longest = options.longestSentence();
            int first = -1;
            for (int i = 0; i < sources.size(); i++) {
                if (sources.get(i).length <= longest && targets.get(i).length <= longest) {
                    fitting.add(new Example(sources.get(i), targets.get(i)));
                } else if (first < 0) {
                    first = i;
                }
            }
            int left = sources.size() - fitting.size();
            if (fitting.isEmpty() || (left > 0 && !options.skipLonger())) {
                throw new TrainingException("%d of %d sentence pairs have more than %d tokens on one side, the first is"
                                .formatted(left, sources.size(), longest)
                        + " pair %d with %d source and %d target tokens; allow longer ones or leave them out"
                                .formatted(first + 1, sources.get(first).length, targets.get(first).length)
                        + " (--longest-sentence, --skip-longer)");
            }
            return fitting;
        }

        @Override
        public List<Function<NDManager, NDList>> epoch(SplittableRandom random) {
            List<Function<NDManager, NDList>> batches = new ArrayList<>();
            for (List<Example> batch : LengthBuckets.batches(
                    examples, Example::order, options.settings().batchSize(), random)) {
                batches.add(manager -> arguments(manager, batch));
            }
            return batches;
        }

        private NDList arguments(NDManager manager, List<Example> batch) {
            NDArray source =
                    TokenMatrix.of(manager, batch.stream().map(Example::source).toList());
            NDArray target =
                    TokenMatrix.of(manager, batch.stream().map(Example::target).toList());
            return new NDList(source, target);
        }

        @Override
        public double score(Map<String, Tensor> weights) throws IOException {
            List<String> translations = translate(weights, options.decoding().withBeam(1));
            return TranslatorScores.of(translations, dev).bleu().score() / 100;
        }

        List<String> translate(Map<String, Tensor> weights, Decoding decoding) throws IOException {
            Translator translator = new Translator(
                    tokenizers.source(),
                    tokenizers.target(),
                    options.longestInput(),
                    settings(options, decoding),
                    TextSettings.ON);
            try (TorchModel model = TorchModel.load(architecture, weights, ElementType.FLOAT32, Devices.cpu())) {
                return new TranslatorEvaluation(model, translator).translate(dev);
            }
        }
    }
}
