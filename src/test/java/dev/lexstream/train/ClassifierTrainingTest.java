package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.torchscript.BertClassifier.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTrainingTest {

    private static final List<String> FILLERS = List.of("please", "now", "the", "my", "again", "today");
    private static final List<List<String>> TOPICS =
            List.of(List.of("rain", "storm", "snow"), List.of("song", "album", "tune"));
    private static final EncoderOptions ENCODER = new EncoderOptions(80, 1, 16, 32, 1, 2, 64, 0.1);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
    }

    /** Texts about weather or music: the topic is in one word among fillers. */
    private static List<LabelledText> texts(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LabelledText> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int topic = random.nextInt(TOPICS.size());
            texts.add(new LabelledText(
                    topic == 0 ? "weather" : "music", text(TOPICS.get(topic).get(random.nextInt(3)), random)));
        }
        return texts;
    }

    /** Texts of neither topic. */
    private static List<String> others(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(List.of("train", "lamp", "money").get(random.nextInt(3)), random));
        }
        return texts;
    }

    private static String text(String word, SplittableRandom random) {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            words.add(FILLERS.get(random.nextInt(FILLERS.size())));
        }
        words.add(random.nextInt(words.size() + 1), word);
        return String.join(" ", words);
    }

    private static TrainingSettings settings(int epochs, double learningRate) {
        return new TrainingSettings(epochs, epochs, 16, learningRate, 10, 5, 0.9, 5, Optional.empty());
    }

    private static final class Scores implements TrainingProgress {
        private final List<Double> scores = new ArrayList<>();

        @Override
        public void resumed(int epoch) {}

        @Override
        public void step(int epoch, int step, int steps, float loss) {}

        @Override
        public void epoch(int epoch, float loss, double score, boolean best) {
            scores.add(score);
        }
    }

    private static List<String> unlabelled() {
        return texts(1000, 1).stream().map(LabelledText::text).toList();
    }

    /** The words of the other texts, two to a text: of a hidden word the others leave two, of twelve. */
    private static List<String> themes() {
        List<List<String>> themes = List.of(
                List.of("rain", "storm"),
                List.of("snow", "tune"),
                List.of("song", "album"),
                List.of("please", "now"),
                List.of("the", "my"),
                List.of("again", "today"));
        SplittableRandom random = new SplittableRandom(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            List<String> theme = themes.get(random.nextInt(themes.size()));
            texts.add(random.ints(5 + random.nextInt(4), 0, 2)
                    .mapToObj(theme::get)
                    .collect(Collectors.joining(" ")));
        }
        return texts;
    }

    private ModelBundle trained(PretrainedEncoder encoder, List<String> outliers) throws Exception {
        ClassifierData data = ClassifierData.of(texts(300, 1), texts(100, 2), outliers, others(50, 4));
        ClassifierOptions options = new ClassifierOptions(Head.LINEAR, 0.1, 0, 0.05, 0.5);
        BundleInfo info = new BundleInfo("topics", "3", List.of("en"), List.of(), "CC0");
        return new ClassifierTraining(data, options, settings(8, 0.003), encoder)
                .run(folder.resolve("topics"), info, new Scores());
    }

    @Test
    void trainingLearnsClassesAndScopeAndItsBundleDoesWhatItsCardSays() throws Exception {
        List<String> all = new ArrayList<>(unlabelled());
        all.addAll(others(60, 3));
        ModelBundle written = trained(EncoderTraining.untrained(all, ENCODER, 1), others(60, 3));
        ModelBundle bundle = ModelBundle.open(written.folder());
        assertThat(bundle.manifest().threshold()).isPresent();
        try (LoadedClassifier classifier = LoadedClassifier.open(bundle, Precision.FP32)) {
            ClassifierScores scores = classifier.evaluate(texts(100, 2), others(50, 4));
            assertThat(scores.accuracy())
                    .isGreaterThan(0.97)
                    .isEqualTo(bundle.manifest().quality().get("accuracy on the dev data"));
            assertThat(scores.scope().orElseThrow().accepted()).isBetween(0.95, 0.96);
            assertThat(scores.scope().orElseThrow().outOfScopeRecall()).isGreaterThan(0.8);
        }
    }

    @Test
    void anEncoderLearnsToPredictHiddenWordsAndAClassifierStartsFromItsBundle() throws Exception {
        Scores progress = new Scores();
        ModelBundle encoder = new EncoderTraining(themes(), ENCODER, 1, settings(25, 0.005))
                .run(folder.resolve("encoder"), new BundleInfo("e", "1", List.of("en"), List.of(), "CC0"), progress);
        List<Double> late = progress.scores.subList(15, 25);
        assertThat(late.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .as(
                        "scores of the epochs: %s; 0.5 is the most that can be known, 0.08 what luck gives",
                        progress.scores)
                .isGreaterThan(progress.scores.get(0))
                .isGreaterThan(0.35);
        PretrainedEncoder start = PretrainedEncoder.of(ModelBundle.open(encoder.folder()));
        ModelBundle classifier = trained(start, List.of());
        assertThat(classifier.manifest().quality().get("accuracy on the dev data"))
                .isGreaterThan(0.97);
        assertThat(PretrainedEncoder.of(classifier).tokenizer()).isEqualTo(start.tokenizer());
    }

    @Test
    void labelsThatTrainingHasNeverSeenAreNamed() {
        assertThatThrownBy(() -> ClassifierData.of(
                        texts(20, 1), List.of(new LabelledText("sport", "a goal")), List.of(), List.of()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("[sport]; it has [music, weather]");
    }

    @Test
    void oneClassIsNoChoice() {
        List<LabelledText> texts = List.of(new LabelledText("a", "x"));
        assertThatThrownBy(() -> ClassifierData.of(texts, texts, List.of(), List.of()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("two classes or more, the training data has [a]");
    }

    @Test
    void linesThatAreNoLabelledTextsAreRefusedByNumber() throws Exception {
        Path file = folder.resolve("data.tsv");
        Files.writeString(file, "a\tfine\n\nb\ttoo\tmany\n");
        assertThatThrownBy(() -> LabelledText.read(file))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("data.tsv line 3: two columns")
                .hasMessageContaining("found 3");
        Files.writeString(file, "a\t \n");
        assertThatThrownBy(() -> LabelledText.read(file))
                .hasMessageContaining("line 1: a text with visible characters is required, found none");
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> LabelledText.read(file)).hasMessageContaining("no labelled texts found");
    }

    @Test
    void textsAreLinesOrOneColumnOfThem() throws Exception {
        Path file = folder.resolve("data.tsv");
        Files.writeString(file, "a\tb\n\nc\td\n");
        assertThat(TextSource.parse(file + ":2").read()).containsExactly("b", "d");
        assertThat(TextSource.parse(file.toString()).read()).containsExactly("a\tb", "c\td");
        assertThatThrownBy(() -> TextSource.parse(file + ":3").read())
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("line 1: column 3 was asked for, the line has 2");
    }

    @Test
    void wordPiecesBeginWithTheSpecialTokensAndAreTheSameForTheSameTexts() {
        List<String> tokens = WordPieceVocabulary.learn(List.of("low lower lowest", "\u660e\u5929 low"), 40, 1)
                .tokens();
        assertThat(tokens).startsWith("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
        assertThat(tokens).contains("low", "\u660e", "\u5929", "##e").doesNotHaveDuplicates();
        assertThat(WordPieceVocabulary.learn(List.of("\u660e\u5929 low", "low lower lowest"), 40, 1)
                        .tokens())
                .isEqualTo(tokens);
    }
}
