package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.StepwiseDecoder.Hypothesis;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.RnnSeq2Seq;
import dev.lexstream.torchscript.Tensor;
import dev.lexstream.torchscript.Transformer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoding in TorchScript against the same search driven step by step, and what its options promise. */
class DecodingTest {

    private static final int VOCABULARY = 23;

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
    }

    static Stream<Arguments> architectures() {
        return Stream.of(
                        new Transformer(
                                VOCABULARY,
                                VOCABULARY,
                                16,
                                2,
                                2,
                                2,
                                32,
                                0.1,
                                0,
                                Transformer.Activation.GELU,
                                1e-5,
                                true,
                                true,
                                true,
                                0.1),
                        new Transformer(
                                VOCABULARY,
                                VOCABULARY,
                                16,
                                4,
                                1,
                                2,
                                32,
                                0.1,
                                0,
                                Transformer.Activation.RELU,
                                1e-5,
                                true,
                                false,
                                false,
                                0),
                        new RnnSeq2Seq(
                                VOCABULARY,
                                VOCABULARY,
                                RnnSeq2Seq.Cell.LSTM,
                                RnnSeq2Seq.Attention.GENERAL,
                                16,
                                16,
                                2,
                                true,
                                0.1,
                                0.1),
                        new RnnSeq2Seq(
                                VOCABULARY,
                                VOCABULARY,
                                RnnSeq2Seq.Cell.GRU,
                                RnnSeq2Seq.Attention.NONE,
                                16,
                                16,
                                1,
                                false,
                                0.1,
                                0.1))
                .flatMap(architecture -> Stream.of(1, 2, 4).map(beam -> Arguments.of(architecture, beam)));
    }

    /** Weights far from zero, so that hypotheses differ and end. */
    private static TorchModel model(Architecture architecture) throws IOException {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        architecture.start(7).forEach((name, tensor) -> {
            float[] values = tensor.floats();
            for (int i = 0; i < values.length; i++) {
                values[i] *= name.endsWith("embedding.weight") ? 4 : 1.5f;
            }
            weights.put(name, Tensor.of(values, tensor.shape()));
        });
        return TorchModel.load(architecture, weights, ElementType.FLOAT32, Device.cpu());
    }

    private static List<long[]> sources(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<long[]> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long[] source = random.longs(random.nextInt(2, 12), 4, VOCABULARY).toArray();
            source[source.length - 1] = SpecialToken.END.id();
            sources.add(source);
        }
        return sources;
    }

    private static List<Hypothesis> translate(TorchModel model, List<long[]> sources, float... options) {
        return translate(model, sources, new float[0], options);
    }

    private static List<Hypothesis> translate(
            TorchModel model, List<long[]> sources, float[] repeatable, float... options) {
        try (NDManager manager = model.manager().newSubManager()) {
            NDArray output = model.call(
                            "translate",
                            new NDList(
                                    TokenMatrix.of(manager, sources),
                                    manager.create(options),
                                    manager.create(repeatable)))
                    .singletonOrThrow();
            float[] values = output.toFloatArray();
            int width = values.length / sources.size();
            List<Hypothesis> hypotheses = new ArrayList<>();
            for (int row = 0; row < sources.size(); row++) {
                List<Integer> tokens = new ArrayList<>();
                for (int i = row * width + 1; i < (row + 1) * width && values[i] != 0; i++) {
                    tokens.add((int) values[i]);
                }
                hypotheses.add(new Hypothesis(tokens, values[row * width]));
            }
            return hypotheses;
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void oneNativeCallFindsWhatTheSearchStepByStepFinds(Architecture architecture, int beam) throws Exception {
        List<long[]> sources = sources(40, 3);
        try (TorchModel model = model(architecture)) {
            List<Hypothesis> found = translate(model, sources, beam, 0.8f, 0, 0, 0, 0, 12);
            List<Hypothesis> expected = new StepwiseDecoder(model, beam, 0.8, 12).decode(sources);
            for (int i = 0; i < sources.size(); i++) {
                assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-4));
                assertThat(found.get(i).tokens()).isEqualTo(expected.get(i).tokens());
            }
            assertThat(found.stream().map(Hypothesis::tokens).distinct()).hasSizeGreaterThan(2);
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void aSentenceIsTranslatedTheSameAloneAndInABatch(Architecture architecture, int beam) throws Exception {
        List<long[]> sources = sources(30, 4);
        try (TorchModel model = model(architecture)) {
            List<Hypothesis> together = translate(model, sources, beam, 1, 3, 0, 1, 1.5f, 4);
            for (int i = 0; i < sources.size(); i++) {
                Hypothesis alone = translate(model, List.of(sources.get(i)), beam, 1, 3, 0, 1, 1.5f, 4)
                        .get(0);
                assertThat(together.get(i).tokens()).isEqualTo(alone.tokens());
                assertThat(together.get(i).score()).isCloseTo(alone.score(), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void onlyRepeatableTokensAreRepeated(Architecture architecture, int beam) throws Exception {
        List<long[]> sources = sources(20, 6);
        float[] none = new float[VOCABULARY];
        float[] digits = new float[VOCABULARY];
        Arrays.fill(digits, 3);
        try (TorchModel model = model(architecture)) {
            List<Hypothesis> free = translate(model, sources, beam, 1, 0, 0, 1, 2, 3);
            List<Hypothesis> strict = translate(model, sources, beam, 1, 2, 0, 1, 2, 3);
            assertThat(translate(model, sources, digits, beam, 1, 2, 0, 1, 2, 3))
                    .isEqualTo(free);
            assertThat(translate(model, sources, none, beam, 1, 2, 0, 1, 2, 3)).isEqualTo(strict);
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void lengthsAndRepeatsStayWithinTheirBounds(Architecture architecture, int beam) throws Exception {
        List<long[]> sources = sources(40, 5);
        try (TorchModel model = model(architecture)) {
            List<Hypothesis> found = translate(model, sources, beam, 1, 2, 0.5f, 1, 2, 3);
            for (int i = 0; i < sources.size(); i++) {
                int length = sources.get(i).length - 1;
                List<Integer> tokens = found.get(i).tokens();
                assertThat(tokens)
                        .hasSizeBetween(length / 2 + 1, 2 * length + 3)
                        .doesNotContain(0, 1, 2, 3);
                Set<List<Integer>> bigrams = new HashSet<>();
                for (int j = 0; j + 2 <= tokens.size(); j++) {
                    assertThat(bigrams.add(tokens.subList(j, j + 2))).isTrue();
                }
                assertThat(found.get(i).score()).isNegative().isFinite();
            }
        }
    }
}
