package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.RnnSeq2Seq;
import dev.lexstream.torchscript.RnnSeq2Seq.Attention;
import dev.lexstream.torchscript.RnnSeq2Seq.Cell;
import dev.lexstream.torchscript.ScriptArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequence to sequence with every cell and attention, on random weights. */
class RnnSeq2SeqTest {

    private static final float TOLERANCE = 1e-5f;
    private static final int TARGET_VOCABULARY = 11;
    private static final long[][] SOURCE = {{5, 7, 3, 0, 0, 0}, {4, 9, 12, 6, 8, 3}, {8, 3, 0, 0, 0, 0}};
    private static final long[][] TARGET = {{2, 6, 7, 3, 0}, {2, 4, 3, 0, 0}, {2, 10, 8, 5, 3}};

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Cell.values())
                .flatMap(cell -> Stream.of(Attention.values()).flatMap(attention -> Stream.of(true, false)
                        .map(both -> Arguments.of(architecture(cell, attention, both)))));
    }

    private static RnnSeq2Seq architecture(Cell cell, Attention attention, boolean bidirectional) {
        return new RnnSeq2Seq(14, TARGET_VOCABULARY, cell, attention, 6, 8, 2, bidirectional, 0.3, 0.1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void stepByStepTheLogitsAreThoseOfTeacherForcing(RnnSeq2Seq architecture) throws IOException {
        Path archive = folder.resolve("model.pt");
        ScriptArchive.write(archive, architecture, architecture.start(5), ElementType.FLOAT32);
        try (Model model = TorchModel.open(archive, Device.cpu(), false);
                PtNDManager manager = (PtNDManager) model.getNDManager().newSubManager()) {
            PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
            PtNDArray source = (PtNDArray) manager.create(SOURCE);
            PtNDArray target = (PtNDArray) manager.create(TARGET);
            NDArray forced = IValueUtils.runMethod(block, "forward", IValue.from(source), IValue.from(target))
                    .toTensor(manager);
            IValue state = IValueUtils.runMethod(block, "encode", IValue.from(source));
            for (int position = 0; position < TARGET[0].length - 1; position++) {
                IValue token = IValue.from((PtNDArray) target.get(":, {}", position));
                IValue[] next = IValueUtils.runMethod(block, "step", state, token, IValue.from(position))
                        .toIValueTuple();
                assertThat(next[0].toTensor(manager).toFloatArray())
                        .containsExactly(forced.get(":, {}", position).toFloatArray(), within(TOLERANCE));
                state = next[1];
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSentenceIsTheSameAloneAndBesideLongerOnes(RnnSeq2Seq architecture) throws IOException {
        try (TorchModel model = load(architecture);
                NDManager manager = model.manager().newSubManager()) {
            NDArray together = model.call("forward", new NDList(manager.create(SOURCE), manager.create(TARGET)))
                    .singletonOrThrow();
            for (int row = 0; row < SOURCE.length; row++) {
                NDArray alone = model.call(
                                "forward",
                                new NDList(
                                        manager.create(new long[][] {withoutPadding(SOURCE[row])}),
                                        manager.create(new long[][] {withoutPadding(TARGET[row])})))
                        .singletonOrThrow();
                NDArray expected = together.get("{}:{}, :{}", row, row + 1, alone.size(1));
                assertThat(alone.toFloatArray()).containsExactly(expected.toFloatArray(), within(TOLERANCE));
            }
        }
    }

    @Test
    void theLossIsTheSmoothedCrossEntropyOfRealTokens() throws IOException {
        try (TorchModel model = load(architecture(Cell.LSTM, Attention.GENERAL, true));
                NDManager manager = model.manager().newSubManager()) {
            NDList arguments = new NDList(manager.create(SOURCE), manager.create(TARGET));
            float loss = model.call("loss", arguments).singletonOrThrow().getFloat();
            NDArray scores = model.call("forward", arguments).singletonOrThrow().logSoftmax(2);
            double sum = 0;
            int tokens = 0;
            for (int row = 0; row < TARGET.length; row++) {
                for (int position = 0; position < TARGET[row].length - 1; position++) {
                    int gold = (int) TARGET[row][position + 1];
                    float[] score = scores.get(row, position).toFloatArray();
                    double mean = 0;
                    for (float value : score) {
                        mean += value / TARGET_VOCABULARY;
                    }
                    sum -= gold == 0 ? 0 : 0.9 * score[gold] + 0.1 * mean;
                    tokens += gold == 0 ? 0 : 1;
                }
            }
            assertThat(loss).isCloseTo((float) (sum / tokens), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void attentionWeightsAreADistributionOverTheRealTokens(RnnSeq2Seq architecture) throws IOException {
        try (TorchModel model = load(architecture);
                NDManager manager = model.manager().newSubManager()) {
            NDList arguments = new NDList(manager.create(SOURCE), manager.create(TARGET));
            if (architecture.attention() == Attention.NONE) {
                assertThatThrownBy(() -> model.call("attention_weights", arguments))
                        .hasMessageContaining("attention_weights");
                return;
            }
            NDArray weights = model.call("attention_weights", arguments).singletonOrThrow();
            assertThat(weights.getShape().getShape()).containsExactly(3, 4, 6);
            for (int row = 0; row < SOURCE.length; row++) {
                int real = withoutPadding(SOURCE[row]).length;
                NDArray sums = weights.get("{}, :, :{}", row, real).sum(new int[] {1});
                for (float sum : sums.toFloatArray()) {
                    assertThat(sum).isCloseTo(1, within(TOLERANCE));
                }
            }
        }
    }

    @Test
    void anOddSizeCannotBeSharedByTwoDirections() {
        assertThatThrownBy(() -> new RnnSeq2Seq(9, 9, Cell.GRU, Attention.DOT, 4, 7, 1, true, 0, 0))
                .hasMessageContaining("hidden_size must be even when bidirectional")
                .hasMessageContaining("found 7");
    }

    private static TorchModel load(RnnSeq2Seq architecture) throws IOException {
        return TorchModel.load(architecture, architecture.start(5), ElementType.FLOAT32, Device.cpu());
    }

    private static long[] withoutPadding(long[] tokens) {
        return Arrays.stream(tokens).filter(token -> token != 0).toArray();
    }
}
