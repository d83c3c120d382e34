package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest.DataSource;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.nlp.Translator;
import dev.lexstream.torchscript.RnnSeq2Seq;
import dev.lexstream.torchscript.Transformer;
import dev.lexstream.train.TranslatorOptions.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TranslatorTrainingTest {

    private static final String[][] WORDS = {
        {"茶", "tea"}, {"水", "water"}, {"山", "hill"}, {"鸟", "bird"}, {"红", "red"}, {"大", "big"}, {"书", "book"}
    };

    private static final TrainingProgress SILENCE = new TrainingProgress() {
        @Override
        public void step(int epoch, int step, int steps, float loss) {}

        @Override
        public void epoch(int epoch, float loss, double score, boolean best) {}
    };

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
    }

    /** A made-up language pair: word for word, but a question's last word comes first. */
    private static List<TranslationPair> pairs(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TranslationPair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder source = new StringBuilder();
            List<String> target = new ArrayList<>();
            int length = random.nextInt(2, 6);
            for (int j = 0; j < length; j++) {
                String[] word = WORDS[random.nextInt(WORDS.length)];
                source.append(word[0]);
                target.add(word[1]);
            }
            boolean question = random.nextBoolean();
            if (question) {
                target.add(0, target.remove(target.size() - 1));
            }
            pairs.add(new TranslationPair(
                    source + (question ? "？" : "。"), String.join(" ", target) + (question ? "?" : ".")));
        }
        return pairs;
    }

    private static TranslatorOptions options(Network network, int longestSentence, boolean skipLonger) {
        return new TranslatorOptions(
                new BundleInfo("made-up", "3", List.of("zh"), List.of(new DataSource("made-up pairs", "CC0")), "CC0"),
                "en",
                13, // no merges: one token a character
                60,
                1,
                longestSentence,
                skipLonger,
                64,
                new Decoding(3, 1, 0, 0, 1, 2, 4),
                network,
                new TrainingSettings(14, 14, 32, 0.01, 30, 5, 0.9, 5, Optional.empty()));
    }

    private static Transformer transformer(int source, int target) {
        return new Transformer(
                source, target, 32, 4, 1, 1, 64, 0, 0, Transformer.Activation.RELU, 1e-5, true, true, true, 0);
    }

    private static RnnSeq2Seq recurrent(int source, int target) {
        return new RnnSeq2Seq(source, target, RnnSeq2Seq.Cell.GRU, RnnSeq2Seq.Attention.GENERAL, 32, 48, 1, true, 0, 0);
    }

    static Stream<Arguments> networks() {
        return Stream.of(Arguments.of((Network) TranslatorTrainingTest::transformer), Arguments.of((Network)
                TranslatorTrainingTest::recurrent));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainingLearnsAndItsBundleDoesWhatItsCardSays(Network network) throws Exception {
        List<TranslationPair> dev = pairs(60, 2);
        new TranslatorTraining(pairs(800, 1), dev, options(network, 32, false)).run(folder.resolve("m"), SILENCE);
        ModelBundle bundle = ModelBundle.open(folder.resolve("m"));
        double promised = bundle.manifest().quality().get("BLEU on the dev data, beam 3");
        assertThat(promised).isGreaterThan(0.4);
        try (LoadedTranslator translator =
                LoadedTranslator.open(bundle, bundle.manifest().translation().decoding(), Precision.FP32)) {
            TranslatorScores scores = translator.evaluate(dev);
            assertThat(scores.bleu().score() / 100).isEqualTo(promised);
            assertThat(scores.sentences()).isEqualTo(60);
        }
    }

    @Test
    void pairsLongerThanAllowedAreRefusedOrLeftOutAsAsked() throws Exception {
        List<TranslationPair> pairs = new ArrayList<>(pairs(50, 1));
        pairs.add(30, new TranslationPair("茶。", "tea ".repeat(40) + "."));
        TranslatorOptions strict = options(TranslatorTrainingTest::transformer, 20, false);
        assertThatThrownBy(() -> new TranslatorTraining(pairs, pairs(5, 2), strict).run(folder.resolve("m"), SILENCE))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("1 of 51 sentence pairs have more than 20 tokens on one side")
                .hasMessageContaining("pair 31 with 3 source and")
                .hasMessageContaining("--longest-sentence, --skip-longer");
        assertThat(folder.resolve("m")).doesNotExist();
    }

    @Test
    void wrongLinesAreNamed() throws Exception {
        Path file = folder.resolve("pairs.tsv");
        Files.writeString(file, "茶\ttea\n水 water\n");
        assertThatThrownBy(() -> TranslationReader.read(file))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        file
                                + " line 2: 2 columns separated by a tab are required, source and target, found 1 (spaces, but no tab)");
        Files.writeString(file, "茶\t \n");
        assertThatThrownBy(() -> TranslationReader.read(file))
                .hasMessage(file + " line 1: a target with visible characters is required, found none");
        Files.writeString(file, "");
        assertThatThrownBy(() -> TranslationReader.read(file))
                .hasMessage(file + ": lines of source and target are required, no sentence pairs found");
    }

    @Test
    void aBundleWhoseTokenizerDoesNotFitIsRefused() throws Exception {
        TranslatorOptions options = options(TranslatorTrainingTest::transformer, 32, false);
        TranslatorTokenizers tokenizers = TranslatorTokenizers.learn(pairs(50, 1), options);
        Network larger = (source, target) -> transformer(source + 2, target);
        ModelBundle bundle = bundle(tokenizers, larger);
        assertThatThrownBy(() -> Translator.of(bundle))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("source vocabulary: the architecture has "
                        + (tokenizers.source().size() + 2) + ", the tokenizer "
                        + tokenizers.source().size());
    }

    private ModelBundle bundle(TranslatorTokenizers tokenizers, Network network) throws IOException {
        return TranslatorTraining.write(
                folder.resolve("b"),
                options(network, 32, false),
                network.of(tokenizers.source().size(), tokenizers.target().size()),
                network.of(tokenizers.source().size(), tokenizers.target().size())
                        .start(1),
                tokenizers,
                Map.of());
    }
}
