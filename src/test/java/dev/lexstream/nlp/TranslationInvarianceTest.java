package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.RnnSeq2Seq;
import dev.lexstream.torchscript.RnnSeq2Seq.Attention;
import dev.lexstream.torchscript.RnnSeq2Seq.Cell;
import dev.lexstream.torchscript.Tensor;
import dev.lexstream.torchscript.Transformer;
import dev.lexstream.torchscript.Transformer.Activation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A sentence alone and in any batch, greedy and with beams: small models with random weights. */
class TranslationInvarianceTest {

    private static final int SOURCE_VOCABULARY = 30;
    private static final int TARGET_VOCABULARY = 25;
    private static final Decoding BEAMS = new Decoding(4, 1.0, 3, 0, 1, 1.0, 4);
    private static final float TOLERANCE = 1e-4f;

    private static final List<TorchModel> MODELS = new ArrayList<>();

    @BeforeContainer
    static void load() throws IOException {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
        for (Architecture architecture : architectures()) {
            MODELS.add(TorchModel.load(architecture, decisive(architecture), ElementType.FLOAT32, Device.cpu()));
        }
    }

    private static List<Architecture> architectures() {
        return List.of(
                rnn(Cell.LSTM, Attention.GENERAL, true),
                rnn(Cell.GRU, Attention.ADDITIVE, false),
                rnn(Cell.RNN, Attention.NONE, true),
                transformer(true, Activation.RELU),
                transformer(false, Activation.GELU));
    }

    private static RnnSeq2Seq rnn(Cell cell, Attention attention, boolean bidirectional) {
        return new RnnSeq2Seq(
                SOURCE_VOCABULARY, TARGET_VOCABULARY, cell, attention, 16, 24, 2, bidirectional, 0.3, 0.1);
    }

    private static Transformer transformer(boolean normFirst, Activation activation) {
        return new Transformer(
                SOURCE_VOCABULARY,
                TARGET_VOCABULARY,
                16,
                2,
                2,
                2,
                32,
                0.1,
                0.1,
                activation,
                1e-5,
                true,
                normFirst,
                true,
                0.1);
    }

    /** Larger than weights start from, so that the model has preferences and no two tokens are equally good. */
    private static Map<String, Tensor> decisive(Architecture architecture) {
        Map<String, Tensor> weights = new LinkedHashMap<>(architecture.start(4));
        weights.replaceAll((name, tensor) -> name.contains("norm") ? tensor : scaled(tensor));
        return weights;
    }

    private static Tensor scaled(Tensor tensor) {
        float[] values = tensor.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 2.5f;
        }
        return Tensor.of(values, tensor.shape());
    }

    @AfterContainer
    static void close() {
        MODELS.forEach(TorchModel::close);
        MODELS.clear();
    }

    @Provide
    Arbitrary<List<long[]>> batches() {
        return Arbitraries.longs()
                .between(4, SOURCE_VOCABULARY - 1)
                .list()
                .ofMinSize(0)
                .ofMaxSize(9)
                .map(TranslationInvarianceTest::sentence)
                .list()
                .ofMinSize(2)
                .ofMaxSize(7);
    }

    private static long[] sentence(List<Long> tokens) {
        long[] ids = Arrays.copyOf(tokens.stream().mapToLong(Long::longValue).toArray(), tokens.size() + 1);
        ids[tokens.size()] = SpecialToken.END.id();
        return ids;
    }

    @Property(tries = 5)
    void aSentenceHasTheSameTranslationAloneAndInAnyBatch(@ForAll("batches") List<long[]> batch) {
        for (TorchModel model : MODELS) {
            for (Decoding decoding : List.of(BEAMS, BEAMS.withBeam(1))) {
                List<float[]> together = translate(model, decoding, batch);
                for (int i : List.of(0, batch.size() - 1)) {
                    float[] alone =
                            translate(model, decoding, List.of(batch.get(i))).get(0);
                    assertThat(tokens(together.get(i))).isEqualTo(tokens(alone));
                    assertThat(together.get(i)[0]).isCloseTo(alone[0], within(TOLERANCE));
                }
            }
        }
    }

    /** A row for each sentence: its score, then its tokens. */
    private static List<float[]> translate(TorchModel model, Decoding decoding, List<long[]> batch) {
        try (NDManager manager = model.manager().newSubManager()) {
            NDList arguments = new NDList(
                    TokenMatrix.of(manager, batch), manager.create(decoding.options()), manager.create(new float[0]));
            var output = model.call("translate", arguments).singletonOrThrow();
            int width = (int) output.getShape().get(1);
            float[] values = output.toFloatArray();
            return IntStream.range(0, batch.size())
                    .mapToObj(row -> Arrays.copyOfRange(values, row * width, (row + 1) * width))
                    .toList();
        }
    }

    private static List<Integer> tokens(float[] row) {
        List<Integer> tokens = new ArrayList<>();
        for (int i = 1; i < row.length && row[i] != 0; i++) {
            tokens.add((int) row[i]);
        }
        return tokens;
    }
}
