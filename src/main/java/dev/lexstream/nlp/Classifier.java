package dev.lexstream.nlp;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.TextSettings;
import dev.lexstream.nlp.Classification.LabelScore;
import dev.lexstream.torchscript.BertClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives a text one of the model's classes, with the BERT classifier. A text longer than the model's longest input is read
 * in windows that overlap by a quarter; the logits of the windows are averaged, weighted by their tokens.
 */
public final class Classifier implements Task<String, ClassifierInput, Classifier.Logits, Classification> {

    /** Windows of a text at most; only what comes after them is left out. */
    private static final int MOST_WINDOWS = 256;

    private static final int OVERLAP = 4;

    private final BertTokenizer tokenizer;
    private final List<String> labels;
    private final double threshold;
    private final EncodingOptions windows;
    private final TextSettings settings;

    /**
     * What the model says of one text: a logit for each class.
     *
     * @param values in the order of the labels
     */
    public record Logits(float[] values) {

        /** Index of the best class. */
        public int best() {
            int best = 0;
            for (int i = 1; i < values.length; i++) {
                best = values[i] > values[best] ? i : best;
            }
            return best;
        }

        /** Softmax of the logits. */
        public float[] probabilities() {
            double largest = values[best()];
            double sum = 0;
            for (float value : values) {
                sum += Math.exp(value - largest);
            }
            float[] probabilities = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                probabilities[i] = (float) (Math.exp(values[i] - largest) / sum);
            }
            return probabilities;
        }

        /** Probability of the best class: what is held against the model's threshold. */
        public float score() {
            return probabilities()[best()];
        }
    }

    /**
     * The classifier of some vocabulary and labels.
     *
     * @param tokenizer of the model
     * @param labels the classes, in the order of the model's outputs
     * @param threshold texts whose best class has a lower probability are out of scope; 0 accepts all
     * @param longestInput tokens of a window, special tokens included
     * @param settings whether invisible characters are left out, and how much of a text must be known
     */
    public Classifier(
            BertTokenizer tokenizer, List<String> labels, double threshold, int longestInput, TextSettings settings) {
        this.tokenizer = tokenizer;
        this.labels = List.copyOf(labels);
        this.threshold = threshold;
        this.windows = EncodingOptions.upTo(longestInput)
                .withStride(longestInput / OVERLAP)
                .withoutOffsets();
        this.settings = settings;
    }

    /**
     * The classifier of a bundle.
     *
     * @throws BundleException when its architecture is no BERT classifier, or its vocabulary, labels or longest input do
     *     not fit it, naming all that do not
     */
    public static Classifier of(ModelBundle bundle) throws BundleException {
        ModelManifest manifest = bundle.manifest();
        if (!(manifest.architecture() instanceof BertClassifier architecture)) {
            throw new BundleException(
                    bundle.folder(),
                    List.of("a classifier's architecture must be bert_classifier, found "
                            + manifest.architecture().source()));
        }
        BertTokenizer tokenizer = BertTokenizer.of(bundle);
        List<String> problems = new ArrayList<>();
        expect("tokens", architecture.encoder().vocabulary(), tokenizer.size(), problems);
        expect("labels", architecture.classes(), manifest.labels().size(), problems);
        if (manifest.longestInput() > architecture.encoder().positions()) {
            problems.add("longest_input must be at most the architecture's "
                    + architecture.encoder().positions() + " positions, found " + manifest.longestInput());
        }
        if (!problems.isEmpty()) {
            throw new BundleException(bundle.folder(), problems);
        }
        return new Classifier(
                tokenizer, manifest.labels(), manifest.threshold().orElse(0), manifest.longestInput(), manifest.text());
    }

    private static void expect(String what, int expected, int found, List<String> problems) {
        if (found != expected) {
            problems.add(what + ": the architecture has " + expected + ", the bundle " + found);
        }
    }

    @Override
    public ClassifierInput prepare(String text) {
        BertEncoding first = tokenizer.encode(visible(text), windows);
        List<int[]> rows = Stream.concat(Stream.of(first), first.overflowing().stream())
                .limit(MOST_WINDOWS)
                .map(BertEncoding::ids)
                .toList();
        if (rows.get(0).length <= 2) {
            throw new IllegalArgumentException("the text has no visible characters");
        }
        int total = covered(1 + first.overflowing().size(), first);
        return new ClassifierInput(rows, new Coverage(covered(rows.size(), first), total), tokenizer.known(rows));
    }

    /** Tokenizes two texts that are seen together, see {@link PairClassifier}. */
    ClassifierInput prepare(TextPair pair) {
        WordPieces first = tokenizer.pieces(visible(pair.first()), false);
        WordPieces second = tokenizer.pieces(visible(pair.second()), false);
        BertEncoding row = new WindowLayout(tokenizer, windows.withStride(0)).rows(first, second);
        int begin = 0;
        while (begin < row.length() && row.typeIds()[begin] == 0) {
            begin++;
        }
        int specialTokens = 3;
        Coverage coverage = new Coverage(row.length() - specialTokens, first.count() + second.count());
        return new ClassifierInput(List.of(row.ids()), begin, coverage, tokenizer.known(List.of(row.ids())));
    }

    private String visible(String text) {
        return settings.dropInvisible() ? VisibleText.of(text).text() : text;
    }

    /** Tokens of the text in its first {@code count} windows; what they share counts once. */
    private int covered(int count, BertEncoding first) {
        BertEncoding last = count == 1 ? first : first.overflowing().get(count - 2);
        int step = first.length() - 2 - windows.stride();
        return (count - 1) * step + last.length() - 2;
    }

    @Override
    public String method() {
        return "classify";
    }

    @Override
    public NDList batch(NDManager manager, List<ClassifierInput> members) {
        return BertBatch.arguments(
                manager,
                members.stream().flatMap(member -> member.windows().stream()).toList(),
                members.stream().flatMap(member -> member.seconds().stream()).toList());
    }

    @Override
    public List<Logits> unbatch(NDList outputs, List<ClassifierInput> members) {
        float[] values = outputs.singletonOrThrow().toFloatArray();
        List<Logits> results = new ArrayList<>(members.size());
        int row = 0;
        for (ClassifierInput member : members) {
            results.add(average(values, row, member));
            row += member.rows();
        }
        return results;
    }

    private Logits average(float[] values, int firstRow, ClassifierInput member) {
        double[] sums = new double[labels.size()];
        double tokens = 0;
        for (int row = 0; row < member.rows(); row++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += member.weight(row) * (double) values[(firstRow + row) * sums.length + i];
            }
            tokens += member.weight(row);
        }
        float[] logits = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            logits[i] = (float) (sums[i] / tokens);
        }
        return new Logits(logits);
    }

    @Override
    public Logits blank(ClassifierInput input) {
        return new Logits(new float[labels.size()]);
    }

    @Override
    public Classification complete(ClassifierInput input, Logits logits) {
        FiniteScores.check(logits.values());
        float[] probabilities = logits.probabilities();
        List<LabelScore> scores = new ArrayList<>(labels.size());
        for (int i = 0; i < probabilities.length; i++) {
            scores.add(new LabelScore(labels.get(i), probabilities[i]));
        }
        boolean rejected = !isKnown(input) || logits.score() < threshold;
        Optional<String> label = rejected ? Optional.empty() : Optional.of(labels.get(logits.best()));
        return new Classification(label, logits.score(), scores, input.coverage());
    }

    /** Whether the model knows enough of a text for its answer to mean something. */
    public boolean isKnown(ClassifierInput input) {
        return input.known() >= settings.leastKnown();
    }
}
