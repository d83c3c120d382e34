package dev.lexstream.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.SubwordTokenizer;
import dev.lexstream.nlp.TokenMatrix;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Trains a translator on sentence pairs and writes its bundle. */
public final class TranslatorTraining {

    /** Written with spaces between words or not: decides whether the first word is marked as others are. */
    private static final Set<String> WITHOUT_SPACES = Set.of("zh", "ja", "th", "lo", "km", "my");

    private final List<TranslationPair> train;
    private final List<TranslationPair> dev;
    private final TranslatorOptions options;

    /**
     * @param train pairs to learn from
     * @param dev pairs to measure on and to stop by
     */
    public TranslatorTraining(List<TranslationPair> train, List<TranslationPair> dev, TranslatorOptions options) {
        this.train = List.copyOf(train);
        this.dev = List.copyOf(dev);
        this.options = options;
    }

    /** For scratch runs: trains and returns the best weights. */
    Map<String, Tensor> run(Path folder, TrainingProgress progress) throws IOException, TrainingException {
        Files.createDirectories(folder);
        String language = options.info().languages().get(0);
        SubwordTokenizer source = tokenizer(
                folder.resolve("source.json"),
                train.stream().map(TranslationPair::source).toList(),
                language,
                options.sourceVocabulary(),
                false);
        SubwordTokenizer target = tokenizer(
                folder.resolve("target.json"),
                train.stream().map(TranslationPair::target).toList(),
                options.targetLanguage(),
                options.targetVocabulary(),
                true);
        Architecture architecture = options.network().of(source.size(), target.size());
        return new Trainer(architecture, options.settings(), progress)
                .train(new Learning(architecture, source, target));
    }

    private SubwordTokenizer tokenizer(Path file, List<String> texts, String language, int size, boolean begin)
            throws IOException {
        if (!Files.exists(file)) {
            boolean spaced = !WITHOUT_SPACES.contains(language);
            new TokenizerFile(TokenizerFile.learn(texts, spaced, size, options.minCount()), spaced, begin).write(file);
        }
        return SubwordTokenizer.read(file);
    }

    /** A pair as token ids. */
    private record Example(long[] source, long[] target) {

        /** Pairs of similar target length, then of similar source length, come together. */
        int order() {
            return target.length * 1024 + source.length;
        }
    }

    private final class Learning implements Objective {

        private static final int DEV_BATCH_SIZE = 64;

        private final Architecture architecture;
        private final List<Example> examples;
        private final List<Example> devExamples;

        Learning(Architecture architecture, SubwordTokenizer source, SubwordTokenizer target) {
            this.architecture = architecture;
            this.examples = examples(train, source, target);
            this.devExamples = examples(dev, source, target);
        }

        private List<Example> examples(List<TranslationPair> pairs, SubwordTokenizer source, SubwordTokenizer target) {
            List<long[]> sources =
                    source.encode(pairs.stream().map(TranslationPair::source).toList());
            List<long[]> targets =
                    target.encode(pairs.stream().map(TranslationPair::target).toList());
            List<Example> all = new ArrayList<>();
            for (int i = 0; i < pairs.size(); i++) {
                if (sources.get(i).length <= options.longestInput()
                        && targets.get(i).length <= options.longestInput()) {
                    all.add(new Example(sources.get(i), targets.get(i)));
                }
            }
            return all;
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
            NDArray source = TokenMatrix.of(manager, batch.stream().map(Example::source).toList());
            NDArray target = TokenMatrix.of(manager, batch.stream().map(Example::target).toList());
            return new NDList(source, target);
        }

        @Override
        public double score(Map<String, Tensor> weights) throws IOException {
            double loss = 0;
            int batches = 0;
            try (TorchModel model = TorchModel.load(architecture, weights, ElementType.FLOAT32, Device.cpu())) {
                for (List<Example> batch : LengthBuckets.batches(
                        devExamples, Example::order, DEV_BATCH_SIZE, new SplittableRandom(0))) {
                    try (NDManager manager = model.manager().newSubManager()) {
                        loss += model.call("loss", arguments(manager, batch)).get(0).getFloat();
                        batches++;
                    }
                }
            }
            return Math.exp(-loss / batches);
        }
    }
}
