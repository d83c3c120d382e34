package dev.lexstream.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.BertBatch;
import dev.lexstream.nlp.BertTokenizer;
import dev.lexstream.nlp.Classifier;
import dev.lexstream.torchscript.BertClassifier;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Trains the BERT classifier from a given encoder and writes its bundle. Out-of-scope texts, where there are some, are
 * learned with all classes equally probable ("outlier exposure").
 *
 * @see <a href="https://arxiv.org/abs/1812.04606">Hendrycks et al., "Deep Anomaly Detection with Outlier Exposure"</a>
 */
public final class ClassifierTraining {

    private final ClassifierData data;
    private final ClassifierOptions options;
    private final TrainingSettings settings;
    private final PretrainedEncoder encoder;
    private final BertTokenizer tokenizer;
    private final BertClassifier architecture;
    private final Classifier classifier;

    /**
     * @param data to learn from and to measure on
     * @param options of the classifier
     * @param settings of the training
     * @param encoder to start from; its tokenizer becomes the classifier's
     */
    public ClassifierTraining(
            ClassifierData data, ClassifierOptions options, TrainingSettings settings, PretrainedEncoder encoder)
            throws IOException {
        this.data = data;
        this.options = options;
        this.settings = settings;
        this.encoder = encoder;
        this.tokenizer = BertTokenizer.parse(BertTokenizer.FILE, encoder.tokenizer());
        this.architecture = new BertClassifier(
                encoder.architecture().withDropout(options.dropout()),
                data.labels().size(),
                options.head(),
                options.dropout());
        this.classifier = new Classifier(
                tokenizer, data.labels(), 0, encoder.architecture().positions(), TextSettings.ON);
    }

    /**
     * Trains and writes the bundle.
     *
     * @throws TrainingException when training fails; nothing is written then
     */
    public ModelBundle run(Path folder, BundleInfo info, TrainingProgress progress)
            throws IOException, TrainingException {
        Map<String, Tensor> best = new Trainer(architecture, settings, progress)
                .train(encoder.start(architecture, settings.seed()), new Learning());
        Map<String, Tensor> half = new LinkedHashMap<>();
        best.forEach((name, tensor) -> half.put(name, tensor.to(ElementType.FLOAT16)));
        Map<String, Double> quality = new TreeMap<>();
        OptionalDouble threshold = measure(half, quality, progress);
        ModelManifest manifest = new ModelManifest(
                info.name(),
                info.version(),
                TaskKind.CLASSIFIER,
                info.languages(),
                encoder.architecture().positions(),
                data.labels(),
                architecture,
                info.data(),
                info.licence(),
                quality,
                threshold.isPresent() ? threshold.getAsDouble() : null,
                null,
                TextSettings.ON,
                Map.of());
        return GoldenTexts.addTo(BundleWriter.write(
                folder, manifest, half, Map.of(BertTokenizer.FILE, file -> Files.write(file, encoder.tokenizer()))));
    }

    /** Measures on the dev data; gives the threshold of a classifier that is to reject. */
    private OptionalDouble measure(Map<String, Tensor> weights, Map<String, Double> quality, TrainingProgress progress)
            throws IOException {
        try (TorchModel model = TorchModel.load(architecture, weights, ElementType.FLOAT32, Devices.cpu())) {
            ClassifierEvaluation evaluation = new ClassifierEvaluation(model, classifier, data.labels());
            ClassifierScores scores = evaluation.evaluate(data.dev(), data.devOutOfScope(), OptionalDouble.empty());
            progress.compared(scores.comparison());
            quality.put("accuracy on the dev data", scores.accuracy());
            quality.put("macro F1 on the dev data", scores.macroF1());
            scores.scope().ifPresent(scope -> {
                quality.put("dev texts accepted as in scope", scope.accepted());
                quality.put("out-of-scope dev texts rejected", scope.outOfScopeRecall());
            });
            return data.rejects() ? OptionalDouble.of(evaluation.threshold(data.dev())) : OptionalDouble.empty();
        }
    }

    /** A text as the model sees it, with the distribution over classes that it is to predict. */
    private record Example(int[] row, float[] target) {}

    private final class Learning implements Objective {

        private final List<Example> labelled = new ArrayList<>();
        private final List<Example> outliers = new ArrayList<>();

        Learning() {
            int classes = data.labels().size();
            for (LabelledText text : data.train()) {
                float[] target = uniform(options.smoothing() / classes);
                target[data.labels().indexOf(text.label())] += (float) (1 - options.smoothing());
                labelled.add(new Example(row(text.text()), target));
            }
            data.outliers().forEach(text -> outliers.add(new Example(row(text), uniform(1.0 / classes))));
        }

        private float[] uniform(double probability) {
            float[] target = new float[data.labels().size()];
            Arrays.fill(target, (float) probability);
            return target;
        }

        /** The first window: labelled texts are short. */
        private int[] row(String text) {
            return classifier.prepare(text).windows().get(0);
        }

        @Override
        public List<Function<NDManager, NDList>> epoch(SplittableRandom random) {
            List<Example> examples = new ArrayList<>(labelled);
            for (int i = 0; i < options.outliers() * labelled.size() && !outliers.isEmpty(); i++) {
                examples.add(outliers.get(random.nextInt(outliers.size())));
            }
            List<Function<NDManager, NDList>> batches = new ArrayList<>();
            for (List<Example> batch :
                    LengthBuckets.batches(examples, example -> example.row().length, settings.batchSize(), random)) {
                SplittableRandom hiding = random.split();
                batches.add(manager -> arguments(manager, batch, hiding));
            }
            return batches;
        }

        private NDList arguments(NDManager manager, List<Example> batch, SplittableRandom random) {
            int classes = data.labels().size();
            NDList arguments = BertBatch.arguments(
                    manager,
                    batch.stream().map(example -> hide(example.row(), random)).toList());
            FloatBuffer targets = FloatBuffer.allocate(batch.size() * classes);
            batch.forEach(example -> targets.put(example.target()));
            arguments.add(manager.create(targets.flip(), new Shape(batch.size(), classes)));
            return arguments;
        }

        /** Some tokens are hidden, so that no single one decides. */
        private int[] hide(int[] row, SplittableRandom random) {
            int[] hidden = row.clone();
            for (int i = 1; i < row.length - 1; i++) {
                hidden[i] = random.nextDouble() < options.wordDropout() ? tokenizer.id("[MASK]") : row[i];
            }
            return hidden;
        }

        @Override
        public double score(Map<String, Tensor> weights) throws IOException {
            try (TorchModel model = TorchModel.load(architecture, weights, ElementType.FLOAT32, Devices.cpu())) {
                return new ClassifierEvaluation(model, classifier, data.labels())
                        .evaluate(data.dev(), List.of(), OptionalDouble.empty())
                        .accuracy();
            }
        }
    }
}
