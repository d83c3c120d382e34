package dev.lexstream.train;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.TaggerBatch;
import dev.lexstream.nlp.TaggerInput;
import dev.lexstream.nlp.TaggerInput.Form;
import dev.lexstream.nlp.TaggerVocabulary;
import dev.lexstream.nlp.Vocabulary;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;

/** Trains the LSTM tagger on tagged sentences and writes its bundle. */
public final class TaggerTraining {

    private final List<TaggedSentence> train;
    private final List<TaggedSentence> dev;
    private final TaggerOptions options;
    private final TaggerVocabulary vocabulary;
    private final List<String> labels;
    private final Tagger tagger;

    /**
     * @param train sentences to learn from
     * @param dev sentences to measure on and to stop by
     * @throws TrainingException when a tag of the dev data is not in the training data
     */
    public TaggerTraining(List<TaggedSentence> train, List<TaggedSentence> dev, TaggerOptions options)
            throws TrainingException {
        this.train = List.copyOf(train);
        this.dev = List.copyOf(dev);
        this.options = options;
        this.vocabulary = vocabulary(train, options.minCount());
        this.labels = labels(train);
        this.tagger = new Tagger(vocabulary, labels, options.longestInput());
        TreeSet<String> unknown = new TreeSet<>(labels(dev));
        labels.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new TrainingException(
                    "tags of the dev data that the training data does not have: " + unknown + "; it has " + labels);
        }
    }

    /**
     * Trains and writes the bundle.
     *
     * @throws TrainingException when training fails; nothing is written then
     */
    public ModelBundle run(Path folder, TrainingProgress progress) throws IOException, TrainingException {
        LstmTagger architecture = options.architecture(
                vocabulary.words().size(), vocabulary.characters().size(), labels.size());
        Learning learning = new Learning(architecture);
        Map<String, Tensor> best = new Trainer(architecture, options.settings(), progress).train(learning);
        Map<String, Tensor> half = new LinkedHashMap<>();
        best.forEach((name, tensor) -> half.put(name, tensor.to(ElementType.FLOAT16)));
        double accuracy = learning.score(half);
        BundleInfo info = options.info();
        ModelManifest manifest = new ModelManifest(
                info.name(),
                info.version(),
                TaskKind.TAGGER,
                info.languages(),
                options.longestInput(),
                labels,
                architecture,
                info.data(),
                info.licence(),
                Map.of("accuracy on the dev data, gold tokens", accuracy),
                Map.of());
        return BundleWriter.write(folder, manifest, half, vocabulary.files());
    }

    private static TaggerVocabulary vocabulary(List<TaggedSentence> sentences, int minCount) {
        Map<String, Integer> words = new HashMap<>();
        Map<String, Integer> characters = new HashMap<>();
        for (TaggedSentence sentence : sentences) {
            for (String word : sentence.words()) {
                words.merge(TaggerVocabulary.normalize(word), 1, Integer::sum);
                word.codePoints().forEach(c -> characters.merge(Character.toString(c), 1, Integer::sum));
            }
        }
        return new TaggerVocabulary(frequent(words, minCount), frequent(characters, minCount));
    }

    private static Vocabulary frequent(Map<String, Integer> counts, int minCount) {
        return new Vocabulary(counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= minCount)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList());
    }

    private static List<String> labels(List<TaggedSentence> sentences) {
        TreeSet<String> labels = new TreeSet<>();
        sentences.forEach(sentence -> labels.addAll(sentence.tags()));
        return List.copyOf(labels);
    }

    /** A sentence as the model sees it, with the indices of its tags. */
    private record Example(TaggerInput input, int[] labels) {}

    private final class Learning implements Objective {

        private final LstmTagger architecture;
        private final List<Example> examples = new ArrayList<>();

        Learning(LstmTagger architecture) {
            this.architecture = architecture;
            for (TaggedSentence sentence : train) {
                int[] tags = sentence.tags().stream().mapToInt(labels::indexOf).toArray();
                examples.add(new Example(tagger.prepare(sentence.words()), tags));
            }
        }

        @Override
        public List<Function<NDManager, NDList>> epoch(SplittableRandom random) {
            List<Function<NDManager, NDList>> batches = new ArrayList<>();
            for (List<Example> batch : LengthBuckets.batches(
                    examples,
                    example -> example.input().length(),
                    options.settings().batchSize(),
                    random)) {
                SplittableRandom dropout = random.split();
                batches.add(manager -> arguments(manager, batch, dropout));
            }
            return batches;
        }

        private NDList arguments(NDManager manager, List<Example> examples, SplittableRandom random) {
            List<TaggerInput> inputs = examples.stream()
                    .map(example -> forgetWords(example.input(), random))
                    .toList();
            TaggerBatch batch = new TaggerBatch(manager, inputs);
            NDList arguments = batch.arguments();
            arguments.add(batch.labels(examples.stream().map(Example::labels).toList()));
            return arguments;
        }

        /** Some words become unknown, so that their spelling and neighbours must do. */
        private TaggerInput forgetWords(TaggerInput input, SplittableRandom random) {
            List<Form> forms = input.forms().stream()
                    .map(form -> random.nextDouble() < options.wordDropout()
                            ? new Form(Vocabulary.UNKNOWN, form.characters())
                            : form)
                    .toList();
            return new TaggerInput(forms, input.spans(), input.total());
        }

        @Override
        public double score(Map<String, Tensor> weights) throws IOException {
            try (TorchModel model = TorchModel.load(architecture, weights, ElementType.FLOAT32, Device.cpu())) {
                return new TaggerEvaluation(model, tagger, labels).evaluate(dev).accuracy();
            }
        }
    }
}
