package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.Classifier.Logits;
import dev.lexstream.torchscript.BertClassifier;
import dev.lexstream.torchscript.BertClassifier.Head;
import dev.lexstream.torchscript.BertEncoder;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tiny BERT with random weights, large enough for its answers to differ. */
class ClassifierTest {

    private static final List<String> LABELS = List.of("harbour", "sky", "other");
    private static final int WINDOW = 16;
    private static final BertClassifier ARCHITECTURE =
            new BertClassifier(new BertEncoder(42, 16, 2, 2, 32, WINDOW, 2, 1e-12, 0.1, 0.1), 3, Head.LINEAR, 0.1);

    private static BertTokenizer tokenizer;
    private static Classifier classifier;
    private static TorchModel model;

    @BeforeAll
    @BeforeContainer
    static void load() throws Exception {
        TorchRuntime.allCores().start();
        tokenizer = BertTokenizer.read(tokenizer());
        classifier = new Classifier(tokenizer, LABELS, 0, WINDOW, TextSettings.OFF);
        model = TorchModel.load(ARCHITECTURE, weights(), ElementType.FLOAT32, Device.cpu());
    }

    @AfterAll
    @AfterContainer
    static void close() {
        model.close();
    }

    private static Path tokenizer() throws Exception {
        return Path.of(ClassifierTest.class
                .getResource("/dev/lexstream/nlp/tokenizer.json")
                .toURI());
    }

    /** Twenty times the start of a training: random, but not nearly the same for all texts. */
    private static Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        ARCHITECTURE.start(3).forEach((name, tensor) -> {
            float[] values = tensor.floats();
            for (int i = 0; i < values.length && !name.contains("LayerNorm"); i++) {
                values[i] *= 20;
            }
            weights.put(name, Tensor.of(values, tensor.shape()));
        });
        return weights;
    }

    private static ModelBundle bundle(Path folder, Double threshold, int longestInput, List<String> labels, String json)
            throws IOException {
        ModelManifest manifest = new ModelManifest(
                "tiny",
                "1",
                TaskKind.CLASSIFIER,
                List.of(),
                longestInput,
                labels,
                ARCHITECTURE,
                List.of(),
                "CC0",
                Map.of(),
                threshold,
                null,
                Map.of());
        return BundleWriter.write(
                folder, manifest, weights(), Map.of(BertTokenizer.FILE, file -> Files.writeString(file, json)));
    }

    @Property(tries = 60)
    void aTextGetsTheSameClassAloneAndInAnyBatch(@ForAll @Size(min = 1, max = 12) List<@NotEmpty String> others) {
        List<ClassifierInput> inputs = Stream.concat(
                        Stream.of("the harbour was closed by a storm", "a b c d e f g ".repeat(9)), others.stream())
                .filter(text -> tokenizer.pieces(text, false).count() > 0)
                .map(classifier::prepare)
                .toList();
        List<Logits> together = classifier.run(model, inputs);
        for (int i = 0; i < inputs.size(); i++) {
            Logits alone = classifier.run(model, List.of(inputs.get(i))).get(0);
            assertThat(together.get(i).values()).containsExactly(alone.values(), within(1e-4f));
            assertThat(together.get(i).best()).isEqualTo(alone.best());
        }
    }

    @Test
    void aPairIsTwoSegmentsOfOneRow() {
        PairClassifier pairs = new PairClassifier(classifier);
        TextPair pair = new TextPair("the harbour", "was closed by");
        ClassifierInput input = pairs.prepare(pair);
        BertEncoding row = tokenizer.encode("the harbour", "was closed by", EncodingOptions.upTo(WINDOW));

        assertThat(input.windows()).hasSize(1);
        assertThat(input.windows().get(0)).isEqualTo(row.ids());
        try (NDManager manager = NDManager.newBaseManager()) {
            ClassifierInput single = classifier.prepare("a b c d e f g");
            NDList arguments = pairs.batch(manager, List.of(single, input));
            long[] types = arguments.get(1).toLongArray();
            int longest = types.length / 2;
            assertThat(Arrays.copyOf(types, longest)).containsOnly(0);
            for (int i = 0; i < longest; i++) {
                assertThat(types[longest + i]).isEqualTo(i < row.length() ? row.typeIds()[i] : 0);
            }
        }
        assertThat(pairs.run(model, List.of(input)).get(0).values())
                .as("another order is another pair")
                .isNotEqualTo(pairs.run(model, List.of(pairs.prepare(new TextPair(pair.second(), pair.first()))))
                        .get(0)
                        .values());
    }

    @Property(tries = 60)
    void aPairGetsTheSameClassAloneAndInAnyBatchAndFitsTheModel(
            @ForAll @Size(min = 1, max = 6) List<@NotEmpty String> others) {
        PairClassifier pairs = new PairClassifier(classifier);
        List<ClassifierInput> inputs = Stream.concat(Stream.of("a b c d e f g ".repeat(9)), others.stream())
                .map(text -> pairs.prepare(new TextPair(text, "the harbour was closed by a storm")))
                .toList();
        List<Logits> together = pairs.run(model, inputs);
        for (int i = 0; i < inputs.size(); i++) {
            assertThat(inputs.get(i).length()).isLessThanOrEqualTo(WINDOW);
            assertThat(together.get(i).values())
                    .containsExactly(
                            pairs.run(model, List.of(inputs.get(i))).get(0).values(), within(1e-4f));
        }
        assertThat(inputs.get(0).coverage()).isEqualTo(new Coverage(WINDOW - 3, 63 + 7));
    }

    @Test
    void probabilitiesOfAllClassesAddUpAndTheBestIsTheLabel() {
        Classification classification = classify("the harbour was closed");
        assertThat(classification.scores()).extracting(s -> s.label()).isEqualTo(LABELS);
        assertThat(classification.scores().stream().mapToDouble(s -> s.score()).sum())
                .isCloseTo(1, within(1e-6));
        assertThat(classification.scores().stream().mapToDouble(s -> s.score()).max())
                .hasValue(classification.score());
        assertThat(classification.label()).isPresent();
        assertThat(classification.coverage()).isEqualTo(Coverage.complete(4));
    }

    @Test
    void aLongTextIsTheMeanOfItsWindowsWeightedByTheirTokens() {
        ClassifierInput whole = classifier.prepare("a b c d e f g ".repeat(5));
        assertThat(whole.windows()).hasSizeGreaterThan(2).allMatch(row -> row.length <= WINDOW);
        assertThat(whole.coverage()).isEqualTo(Coverage.complete(35));
        float[] expected = new float[LABELS.size()];
        int weights = 0;
        for (int[] row : whole.windows()) {
            Logits window = classifier
                    .run(model, List.of(new ClassifierInput(List.of(row), whole.coverage(), 1)))
                    .get(0);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += (row.length - 2) * window.values()[i];
            }
            weights += row.length - 2;
        }
        for (int i = 0; i < expected.length; i++) {
            expected[i] /= weights;
        }
        assertThat(classifier.run(model, List.of(whole)).get(0).values()).containsExactly(expected, within(1e-4f));
    }

    @Test
    void membersSayWhatShapeTheirBatchHas() {
        List<ClassifierInput> members = Stream.of("a", "a b c d e f g ".repeat(20), "storm a b c")
                .map(classifier::prepare)
                .toList();
        int rows = members.stream().mapToInt(ClassifierInput::rows).sum();
        int longest = members.stream().mapToInt(ClassifierInput::length).max().orElseThrow();
        try (NDManager manager = model.manager().newSubManager()) {
            NDList arguments = classifier.batch(manager, members);
            assertThat(arguments.head().getShape()).isEqualTo(new Shape(rows, longest));
            long mask = arguments.get(2).sum().getLong();
            assertThat(members.stream().mapToInt(ClassifierInput::tokens).sum()).isEqualTo((int) mask);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aModelThatOverflowsGivesNoClass(float value) {
        ClassifierInput input = classifier.prepare("the harbour was closed");
        assertThatThrownBy(() -> classifier.complete(input, new Logits(new float[] {0, value, 1})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a score of " + value);
    }

    @Test
    void aHostileTextIsReadUpToABoundAndSaysSo() {
        Classification classification = classify("storm ".repeat(50_000));
        assertThat(classification.coverage().total()).isEqualTo(50_000);
        assertThat(classification.coverage().truncated()).isTrue();
        assertThat(classification.score()).isBetween(0f, 1f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u200b\u200e", "\n\t\u00a0", "\u0301"})
    void aTextWithoutVisibleCharactersIsRefused(String text) {
        assertThatThrownBy(() -> classifier.prepare(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no visible characters");
    }

    @Test
    void aTextBelowTheThresholdOfItsBundleHasNoLabel(@TempDir Path folder) throws Exception {
        String json = Files.readString(tokenizer());
        ModelBundle written = bundle(folder.resolve("m"), 1.0, WINDOW, LABELS, json);
        ModelBundle bundle = ModelBundle.open(written.folder());
        assertThat(bundle.manifest().threshold()).hasValue(1.0);
        Classifier strict = Classifier.of(bundle);
        ClassifierInput input = strict.prepare("the harbour was closed");
        Classification classification = strict.complete(input, new Logits(new float[] {2, 1, 0}));
        assertThat(classification.label()).isEmpty();
        assertThat(classification.score()).isCloseTo(0.665f, within(1e-3f));
        assertThat(classification.scores()).hasSize(3);
    }

    @Test
    void aBundleWithoutThresholdAcceptsAllAndSaysNothingOfIt(@TempDir Path folder) throws Exception {
        ModelBundle written = bundle(folder.resolve("m"), null, WINDOW, LABELS, Files.readString(tokenizer()));
        assertThat(written.folder().resolve(ModelBundle.MANIFEST)).content().doesNotContain("threshold");
        assertThat(ModelBundle.open(written.folder()).manifest().threshold()).isEmpty();
    }

    @Test
    void aBundleThatDoesNotFitTogetherIsRefusedNamingAll(@TempDir Path folder) throws Exception {
        String json = Files.readString(tokenizer()).replace("\"##g\": 41", "\"##g\": 50");
        ModelBundle bundle = bundle(folder.resolve("m"), null, 99, List.of("a", "b"), json);
        assertThatThrownBy(() -> Classifier.of(bundle))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("tokens: the architecture has 42, the bundle 51")
                .hasMessageContaining("labels: the architecture has 3, the bundle 2")
                .hasMessageContaining("longest_input must be at most the architecture's 16 positions, found 99");
    }

    @Test
    void aBundleWithoutSpecialTokensIsRefused(@TempDir Path folder) throws Exception {
        String json = "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}}";
        ModelBundle bundle = bundle(folder.resolve("m"), null, WINDOW, LABELS, json);
        assertThatThrownBy(() -> Classifier.of(bundle))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("missing are [[PAD], [UNK], [CLS], [SEP], [MASK]]");
    }

    @Test
    void anUnknownHeadIsRefusedNamingThoseThereAre(@TempDir Path folder) throws Exception {
        ModelBundle bundle = bundle(folder.resolve("m"), null, WINDOW, LABELS, Files.readString(tokenizer()));
        Path manifest = bundle.folder().resolve(ModelBundle.MANIFEST);
        Files.writeString(manifest, Files.readString(manifest).replace("\"linear\"", "\"crf\""));
        assertThatThrownBy(() -> ModelBundle.open(bundle.folder()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("\"crf\"")
                .hasMessageContaining("linear_relu");
    }

    private static Classification classify(String text) {
        ClassifierInput input = classifier.prepare(text);
        return classifier.complete(input, classifier.run(model, List.of(input)).get(0));
    }
}
