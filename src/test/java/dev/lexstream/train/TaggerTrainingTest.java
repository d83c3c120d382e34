package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest.DataSource;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.torchscript.LstmTagger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggerTrainingTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
    }

    /**
     * A made-up language: words in -o are nouns and those in -a verbs, but "li" is a verb after a noun and a noun
     * elsewhere. Spelling and context must both be learned.
     */
    private static List<TaggedSentence> sentences(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TaggedSentence> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            List<String> tags = new ArrayList<>();
            int length = random.nextInt(1, 9);
            for (int j = 0; j < length; j++) {
                boolean afterNoun = j > 0 && tags.get(j - 1).equals("NOUN");
                int kind = random.nextInt(3);
                words.add(kind == 2 ? "li" : stem(random) + (kind == 0 ? "o" : "a"));
                tags.add(kind == 0 || (kind == 2 && !afterNoun) ? "NOUN" : "VERB");
            }
            sentences.add(new TaggedSentence(words, tags));
        }
        return sentences;
    }

    private static String stem(SplittableRandom random) {
        StringBuilder stem = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            stem.append((char) ('b' + random.nextInt(20)));
        }
        return stem.toString();
    }

    private static TaggerTraining training(List<TaggedSentence> train, List<TaggedSentence> dev, TaggerOptions options)
            throws TrainingException {
        return new TaggerTraining(TaggedFormat.CONLLU, train, dev, options, Optional.empty());
    }

    private static TaggerOptions options(double learningRate, Optional<Path> checkpoint) {
        return options(TokenUnit.WORD, false, learningRate, checkpoint);
    }

    private static TaggerOptions options(TokenUnit unit, boolean crf, double learningRate, Optional<Path> checkpoint) {
        return new TaggerOptions(
                new BundleInfo(
                        "made-up", "7", List.of("art"), List.of(new DataSource("made-up sentences", "CC0")), "CC0"),
                unit,
                64,
                2,
                0.1,
                16,
                16,
                16,
                16,
                1,
                0.1,
                crf,
                new TrainingSettings(12, 3, 16, learningRate, 10, 5, 0.9, 5, checkpoint));
    }

    private static final class Silence implements TrainingProgress {
        private final List<Double> scores = new ArrayList<>();

        @Override
        public void step(int epoch, int step, int steps, float loss) {
            assertThat(step).isBetween(1, steps);
        }

        @Override
        public void epoch(int epoch, float loss, double score, boolean best) {
            scores.add(score);
        }
    }

    @Test
    void trainingLearnsAndItsBundleDoesWhatItsCardSays() throws Exception {
        List<TaggedSentence> dev = sentences(100, 2);
        Silence progress = new Silence();
        ModelBundle bundle = training(sentences(400, 1), dev, options(0.02, Optional.empty()))
                .run(folder.resolve("m"), progress);
        double promised = bundle.manifest().quality().get("accuracy on the dev data");
        assertThat(promised).isGreaterThan(0.97);
        assertThat(progress.scores).last().isNotEqualTo(progress.scores.get(0));
        ModelBundle opened = ModelBundle.open(folder.resolve("m"));
        try (LoadedTagger tagger = LoadedTagger.open(opened, Precision.FP32)) {
            assertThat(tagger.evaluate(dev).measures().get("accuracy")).isEqualTo(promised);
        }
    }

    /** With ideographs for letters where tokens are characters: letters stay together, across words too. */
    private static List<TaggedSentence> written(List<TaggedSentence> sentences, TokenUnit unit) {
        return unit == TokenUnit.WORD
                ? sentences
                : sentences.stream()
                        .map(sentence -> new TaggedSentence(
                                sentence.words().stream()
                                        .map(word -> word.chars()
                                                .map(letter -> '\u4E00' + letter)
                                                .collect(
                                                        StringBuilder::new,
                                                        StringBuilder::appendCodePoint,
                                                        StringBuilder::append)
                                                .toString())
                                        .toList(),
                                sentence.tags()))
                        .toList();
    }

    /** Sentences of which one word in four has no tag. */
    private static List<TaggedSentence> partly(List<TaggedSentence> sentences) {
        SplittableRandom random = new SplittableRandom(3);
        return sentences.stream()
                .map(sentence -> new TaggedSentence(
                        sentence.words(),
                        sentence.tags().stream()
                                .map(tag -> random.nextInt(4) == 0 ? TaggedSentence.UNTAGGED : tag)
                                .toList()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"WORD,false", "WORD,true", "CHARACTER,true"})
    void whatHasNoTagIsNeitherLearnedNorCounted(TokenUnit unit, boolean crf) throws Exception {
        List<TaggedSentence> dev = partly(written(sentences(100, 2), unit));
        ModelBundle bundle = training(
                        partly(written(sentences(400, 1), unit)), dev, options(unit, crf, 0.02, Optional.empty()))
                .run(folder.resolve("m"), new Silence());
        assertThat(bundle.manifest().labels()).isNotEmpty().noneMatch(label -> label.contains(TaggedSentence.UNTAGGED));
        try (LoadedTagger tagger = LoadedTagger.open(ModelBundle.open(folder.resolve("m")), Precision.FP32)) {
            TaggerScores scores = tagger.evaluate(dev);
            int untagged = dev.stream().mapToInt(TaggedSentence::untagged).sum();
            int words =
                    dev.stream().mapToInt(sentence -> sentence.words().size()).sum();
            assertThat(scores.untagged()).isEqualTo(untagged).isPositive();
            assertThat(scores.total().gold()).isEqualTo(words - untagged);
            assertThat(scores.tags()).doesNotContainKey(TaggedSentence.UNTAGGED);
            assertThat(scores.main()).isGreaterThan(unit == TokenUnit.WORD ? 0.95 : 0.6);
        }
    }

    @Test
    void aLossThatIsNoLongerANumberEndsTrainingWithoutABundle() throws Exception {
        TaggerTraining training = training(sentences(100, 1), sentences(20, 2), options(1e30, Optional.empty()));
        assertThatThrownBy(() -> training.run(folder.resolve("m"), new Silence()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("the loss became")
                .hasMessageContaining("epoch 1, step");
        assertThat(folder.resolve("m")).doesNotExist();
    }

    /** Ends the training after some epochs, as a signal would. */
    private static final class Interrupting implements TrainingProgress {
        private final int last;

        Interrupting(int last) {
            this.last = last;
        }

        @Override
        public void step(int epoch, int step, int steps, float loss) {
            if (epoch > last) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void epoch(int epoch, float loss, double score, boolean best) {}
    }

    @Test
    void aTrainingThatWasInterruptedGoesOnFromItsCheckpointToTheSameModel() throws Exception {
        List<TaggedSentence> train = sentences(200, 1);
        List<TaggedSentence> dev = sentences(50, 2);
        training(train, dev, options(0.02, Optional.empty())).run(folder.resolve("whole"), new Silence());
        Optional<Path> checkpoint = Optional.of(folder.resolve("checkpoint"));
        TaggerTraining training = training(train, dev, options(0.02, checkpoint));
        assertThatThrownBy(() -> training.run(folder.resolve("parts"), new Interrupting(2)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("it can go on from its checkpoint");
        assertThat(folder.resolve("parts")).doesNotExist();
        training.run(folder.resolve("parts"), new Silence());
        assertThat(folder.resolve("parts/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/model.safetensors"));
    }

    /** Words without spaces between them: a word ends with its only capital or vowel, so it can be seen where. */
    private static List<TaggedSentence> unspaced(List<TaggedSentence> sentences) {
        return sentences.stream()
                .map(sentence -> new TaggedSentence(
                        sentence.words().stream()
                                .map(TaggerTrainingTest::spread)
                                .toList(),
                        sentence.tags()))
                .toList();
    }

    /** In a script of which each letter is a token. */
    private static String spread(String word) {
        StringBuilder spread = new StringBuilder();
        word.chars().forEach(letter -> spread.append((char) (letter - 'a' + '\u4e00')));
        return spread.toString();
    }

    @Test
    void wordsAreFoundInTextWithoutSpaces() throws Exception {
        List<TaggedSentence> dev = unspaced(sentences(100, 2));
        ModelBundle bundle = training(
                        unspaced(sentences(400, 1)), dev, options(TokenUnit.CHARACTER, true, 0.02, Optional.empty()))
                .run(folder.resolve("m"), new Silence());
        assertThat(bundle.manifest().quality().get("segmentationF1 on the dev data"))
                .isGreaterThan(0.97);
        assertThat(bundle.manifest().quality().get("jointF1 on the dev data")).isGreaterThan(0.95);
        assertThat(bundle.manifest().labels())
                .contains("B-NOUN", "I-NOUN", "E-NOUN")
                .doesNotContain("S-NOUN", "O");
        try (LoadedTagger tagger = LoadedTagger.open(ModelBundle.open(folder.resolve("m")), Precision.FP32)) {
            assertThat(tagger.evaluate(dev).measures().get("jointF1"))
                    .isEqualTo(bundle.manifest().quality().get("jointF1 on the dev data"));
        }
    }

    @Test
    void entitiesAreFoundAndEveryTaggingIsASequenceOfSpans() throws Exception {
        List<TaggedSentence> train = entities(sentences(300, 1));
        List<TaggedSentence> dev = entities(sentences(60, 2));
        TaggerOptions options = options(TokenUnit.CHARACTER, true, 0.02, Optional.empty());
        ModelBundle bundle = new TaggerTraining(TaggedFormat.BIO, train, dev, options, Optional.empty())
                .run(folder.resolve("m"), new Silence());
        assertThat(bundle.manifest().labels()).containsExactly("B-verb", "I-verb", "O");
        assertThat(bundle.manifest().quality().get("spanF1 on the dev data")).isGreaterThan(0.95);
        float[] first = bundle.weights().get(LstmTagger.START_TRANSITIONS).floats();
        assertThat(first[1]).as("a sentence must not begin with I-verb").isLessThan(-9_000);
    }

    /** Each verb is an entity, told letter by letter. */
    private static List<TaggedSentence> entities(List<TaggedSentence> sentences) {
        return unspaced(sentences).stream()
                .map(sentence -> new TaggedSentence(
                        sentence.words(),
                        sentence.tags().stream()
                                .map(tag -> tag.equals("VERB") ? "B-verb" : "O")
                                .toList()))
                .toList();
    }

    @Test
    void aTaggerBeginsWithTheEncoderThatLearntFromTextsAlone() throws Exception {
        List<TaggedSentence> train = unspaced(sentences(300, 1));
        List<String> texts = train.stream()
                .map(sentence -> String.join("", sentence.words()))
                .toList();
        TaggerOptions options = options(TokenUnit.CHARACTER, true, 0.02, Optional.empty());
        Silence progress = new Silence();
        ModelBundle encoder = new CharacterTraining(texts, options, 2).run(folder.resolve("encoder"), progress);
        assertThat(progress.scores).last().isNotEqualTo(progress.scores.get(0));
        StartingPoint start = StartingPoint.of(ModelBundle.open(encoder.folder()));
        ModelBundle tagger = new TaggerTraining(
                        TaggedFormat.CONLLU, train, unspaced(sentences(50, 2)), options, Optional.of(start))
                .run(folder.resolve("m"), new Silence());
        assertThat(folder.resolve("m/ngrams.json")).hasSameBinaryContentAs(folder.resolve("encoder/ngrams.json"));
        assertThat(tagger.manifest().quality().get("segmentationF1 on the dev data"))
                .isGreaterThan(0.97);
        assertThatThrownBy(() -> new TaggerTraining(
                        TaggedFormat.CONLLU,
                        train,
                        train,
                        options(TokenUnit.WORD, true, 0.02, Optional.empty()),
                        Optional.of(start)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("has tokens CHARACTER, asked for WORD");
    }

    @Test
    void tagsThatTrainingHasNeverSeenAreNamed() {
        List<TaggedSentence> dev = List.of(new TaggedSentence(List.of("a"), List.of("ADJ")));
        assertThatThrownBy(() -> training(sentences(10, 1), dev, options(0.01, Optional.empty())))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("[ADJ]; it has [NOUN, VERB]");
    }
}
