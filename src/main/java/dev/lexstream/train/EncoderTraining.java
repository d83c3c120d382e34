package dev.lexstream.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.BertEncoding;
import dev.lexstream.nlp.BertTokenizer;
import dev.lexstream.nlp.EncodingOptions;
import dev.lexstream.torchscript.BertMaskedLm;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Trains an encoder on unlabelled texts as a masked language model. Every fiftieth text is held out to measure on; some
 * texts are joined with those that follow, so that all positions of a row are learned.
 */
public final class EncoderTraining {

    private static final int HELD_OUT = 50;
    private static final double JOINED = 0.05;
    private static final int DEV_BATCH_SIZE = 64;
    private static final int SHORTEST_ROW = 3;

    private final TrainingSettings settings;
    private final byte[] vocabulary;
    private final BertMaskedLm architecture;
    private final Map<String, Tensor> start;
    private final MaskedWords masking;
    private final List<int[]> train = new ArrayList<>();
    private final List<int[]> dev = new ArrayList<>();

    /**
     * @param texts to learn from; those that occur several times count once
     * @param longestSpan tokens hidden together at most; 1 hides each for itself
     * @throws TrainingException when there are too few texts to hold some out
     */
    public EncoderTraining(List<String> texts, EncoderOptions options, int longestSpan, TrainingSettings settings)
            throws IOException, TrainingException {
        this(texts, untrained(texts, options, settings.seed()), longestSpan, settings);
    }

    /**
     * Trains further on other texts, such as those of the domain that a classifier is for.
     *
     * @param start the encoder to start from; its vocabulary stays as it is
     * @param longestSpan tokens hidden together at most; 1 hides each for itself
     * @throws TrainingException when there are too few texts to hold some out
     * @see <a href="https://arxiv.org/abs/2004.10964">Gururangan et al., "Don't Stop Pretraining" (2020)</a>
     */
    public EncoderTraining(List<String> texts, PretrainedEncoder start, int longestSpan, TrainingSettings settings)
            throws IOException, TrainingException {
        this.settings = settings;
        List<String> distinct = List.copyOf(new LinkedHashSet<>(texts));
        this.vocabulary = start.tokenizer();
        BertTokenizer tokenizer = BertTokenizer.parse(BertTokenizer.FILE, vocabulary);
        this.architecture = new BertMaskedLm(start.architecture());
        this.start = new LinkedHashMap<>(architecture.start(settings.seed()));
        start.weights().forEach((name, tensor) -> this.start.computeIfPresent(name, (same, random) -> tensor));
        this.masking = new MaskedWords(
                tokenizer.id("[MASK]"), BertTokenizer.SPECIAL_TOKENS.size(), tokenizer.size(), longestSpan);
        rows(distinct, tokenizer);
        if (dev.isEmpty()) {
            throw new TrainingException("pre-training needs at least " + HELD_OUT + " texts, found " + distinct.size());
        }
    }

    private int longestInput() {
        return architecture.encoder().positions();
    }

    private void rows(List<String> texts, BertTokenizer tokenizer) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        EncodingOptions windows = EncodingOptions.upTo(longestInput());
        for (int i = 0; i < texts.size(); i++) {
            boolean held = i % HELD_OUT == HELD_OUT - 1;
            StringBuilder text = new StringBuilder(texts.get(i));
            if (!held && random.nextDouble() < JOINED) {
                for (int j = i + 1; j < texts.size() && j % HELD_OUT != HELD_OUT - 1 && j < i + 5; j++) {
                    text.append(' ').append(texts.get(j));
                }
            }
            BertEncoding encoding = tokenizer.encode(text.toString(), windows);
            if (encoding.length() >= SHORTEST_ROW) {
                (held ? dev : train).add(encoding.ids());
            }
        }
    }

    /**
     * An encoder with a vocabulary of some texts and random weights.
     *
     * @param seed of the weights
     */
    public static PretrainedEncoder untrained(List<String> texts, EncoderOptions options, long seed)
            throws IOException {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(texts));
        byte[] vocabulary = WordPieceVocabulary.learn(distinct, options.vocabularySize(), options.minCount())
                .json();
        BertTokenizer tokenizer = BertTokenizer.parse(BertTokenizer.FILE, vocabulary);
        BertMaskedLm architecture = new BertMaskedLm(options.architecture(tokenizer.size()));
        return new PretrainedEncoder(architecture.encoder(), architecture.start(seed), vocabulary);
    }

    /**
     * Trains.
     *
     * @throws TrainingException when training fails
     */
    public PretrainedEncoder run(TrainingProgress progress) throws IOException, TrainingException {
        Map<String, Tensor> best = new Trainer(architecture, settings, progress).train(start, new Learning());
        return new PretrainedEncoder(architecture.encoder(), best, vocabulary);
    }

    /**
     * Trains and writes a bundle that classifiers can be started from.
     *
     * @throws TrainingException when training fails; nothing is written then
     */
    public ModelBundle run(Path folder, BundleInfo info, TrainingProgress progress)
            throws IOException, TrainingException {
        PretrainedEncoder encoder = run(progress);
        ModelManifest plain = new ModelManifest(
                info.name(),
                info.version(),
                TaskKind.ENCODER,
                info.languages(),
                longestInput(),
                List.of(),
                architecture,
                info.data(),
                info.licence(),
                Map.of("masked words predicted, held-out texts", new Learning().score(encoder.weights())),
                Map.of());
        return BundleWriter.write(
                folder,
                plain.withText(TextSettings.ON),
                encoder.weights(),
                Map.of(BertTokenizer.FILE, file -> Files.write(file, encoder.tokenizer())));
    }

    private final class Learning implements Objective {

        @Override
        public List<Function<NDManager, NDList>> epoch(SplittableRandom random) {
            List<Function<NDManager, NDList>> batches = new ArrayList<>();
            for (List<int[]> batch : LengthBuckets.batches(train, row -> row.length, settings.batchSize(), random)) {
                SplittableRandom hiding = random.split();
                batches.add(manager -> masking.arguments(manager, batch, hiding));
            }
            return batches;
        }

        /** Share of the hidden tokens that are predicted, always the same ones. */
        @Override
        public double score(Map<String, Tensor> weights) throws IOException {
            SplittableRandom random = new SplittableRandom(1);
            double correct = 0;
            long hidden = 0;
            try (TorchModel model = TorchModel.load(architecture, weights, ElementType.FLOAT32, Devices.cpu())) {
                for (List<int[]> batch : LengthBuckets.batches(dev, row -> row.length, DEV_BATCH_SIZE, random)) {
                    try (NDManager manager = model.manager().newSubManager()) {
                        NDList arguments = masking.arguments(manager, batch, random);
                        long words = arguments.get(arguments.size() - 1).size();
                        correct += words
                                * model.call("accuracy", arguments)
                                        .singletonOrThrow()
                                        .getFloat();
                        hidden += words;
                    }
                }
            }
            return correct / hidden;
        }
    }
}
