package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.Tensor;
import dev.lexstream.torchscript.TokenEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The conditional random field in TorchScript against the sum over all sequences, one by one. */
class CrfTagsTest {

    private static final int TAGS = 3;
    private static final int[] LENGTHS = {4, 1, 3};

    private static final LstmTagger ARCHITECTURE =
            new LstmTagger(new TokenEncoder.Ngrams(9, 9, 2, 4, 4), TAGS, 5, 1, true, 0.1, true);

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
    }

    /** Weights large enough for transitions to matter. */
    private static Map<String, Tensor> weights() {
        Map<String, Tensor> weights = ARCHITECTURE.start(11);
        weights.replaceAll((name, tensor) -> {
            float[] values = tensor.floats();
            for (int i = 0; i < values.length; i++) {
                values[i] *= name.startsWith("crf.") ? 20 : 4;
            }
            return Tensor.of(values, tensor.shape());
        });
        return weights;
    }

    private static NDList arguments(NDManager manager) {
        NDArray words = manager.create(new long[] {0, 2, 3, 4, 5});
        NDArray characters = manager.create(new long[][] {{0, 0}, {2, 3}, {4, 5}, {6, 7}, {8, 2}});
        NDArray forms = manager.create(new long[][] {{1, 2, 3, 4}, {2, 0, 0, 0}, {4, 4, 1, 0}});
        return new NDList(words, characters, forms, manager.create(new long[] {4, 1, 3}));
    }

    private static List<int[]> sequences(int length) {
        List<int[]> all = new ArrayList<>();
        for (int code = 0; code < Math.pow(TAGS, length); code++) {
            int[] sequence = new int[length];
            int rest = code;
            for (int i = 0; i < length; i++) {
                sequence[i] = rest % TAGS;
                rest /= TAGS;
            }
            all.add(sequence);
        }
        return all;
    }

    private static double score(int[] sequence, float[] logits, int offset, Map<String, Tensor> weights) {
        float[] transitions = weights.get(LstmTagger.TRANSITIONS).floats();
        double score = weights.get(LstmTagger.START_TRANSITIONS).floats()[sequence[0]]
                + weights.get(LstmTagger.END_TRANSITIONS).floats()[sequence[sequence.length - 1]];
        for (int i = 0; i < sequence.length; i++) {
            score += logits[offset + i * TAGS + sequence[i]];
            score += i == 0 ? 0 : transitions[sequence[i - 1] * TAGS + sequence[i]];
        }
        return score;
    }

    /** Where tags are missing, the loss is that of all sequences that have the others. */
    @Test
    void theLossOfSomeTagsIsThatOfAllSequencesWithThem() throws Exception {
        Map<String, Tensor> weights = weights();
        try (TorchModel model = TorchModel.load(ARCHITECTURE, weights, ElementType.FLOAT32, Device.cpu());
                NDManager manager = model.manager().newSubManager()) {
            float[] logits = model.call("logits", model.call("hidden_states", arguments(manager)))
                    .singletonOrThrow()
                    .toFloatArray();
            long[][] gold = {{-1, 0, -1, 1}, {2, -1, -1, -1}, {0, 0, -1, -1}};
            double loss = 0;
            for (int member = 0; member < LENGTHS.length; member++) {
                double all = 0;
                double with = 0;
                for (int[] sequence : sequences(LENGTHS[member])) {
                    double weight = Math.exp(score(sequence, logits, member * 4 * TAGS, weights));
                    all += weight;
                    with += agrees(sequence, gold[member]) ? weight : 0;
                }
                loss += Math.log(all) - Math.log(with);
            }
            NDList withGold = arguments(manager);
            withGold.add(manager.create(gold));
            assertThat(model.call("loss", withGold).singletonOrThrow().getFloat())
                    .isCloseTo((float) (loss / 8), within(1e-4f));
        }
    }

    private static boolean agrees(int[] sequence, long[] gold) {
        for (int i = 0; i < sequence.length; i++) {
            if (gold[i] >= 0 && gold[i] != sequence[i]) {
                return false;
            }
        }
        return true;
    }

    @Test
    void tagsMarginalsAndLossAreThoseOfAllSequencesTogether() throws Exception {
        Map<String, Tensor> weights = weights();
        try (TorchModel model = TorchModel.load(ARCHITECTURE, weights, ElementType.FLOAT32, Device.cpu());
                NDManager manager = model.manager().newSubManager()) {
            NDList states = model.call("hidden_states", arguments(manager));
            float[] logits = model.call("logits", states).singletonOrThrow().toFloatArray();
            float[] tagged =
                    model.call("tag", arguments(manager)).singletonOrThrow().toFloatArray();
            float[] marginals =
                    model.call("forward", arguments(manager)).singletonOrThrow().toFloatArray();
            double loss = 0;
            long[][] gold = {{1, 0, 2, 1}, {2, -1, -1, -1}, {0, 0, 1, -1}};
            for (int member = 0; member < LENGTHS.length; member++) {
                int length = LENGTHS[member];
                int offset = member * 4 * TAGS;
                double total = 0;
                double[] sums = new double[length * TAGS];
                int[] best = null;
                for (int[] sequence : sequences(length)) {
                    double weight = Math.exp(score(sequence, logits, offset, weights));
                    total += weight;
                    for (int i = 0; i < length; i++) {
                        sums[i * TAGS + sequence[i]] += weight;
                    }
                    boolean better = best == null || weight > Math.exp(score(best, logits, offset, weights));
                    best = better ? sequence : best;
                }
                int[] goldTags = new int[length];
                for (int i = 0; i < length; i++) {
                    goldTags[i] = (int) gold[member][i];
                    assertThat((int) tagged[member * 4 + i]).isEqualTo(best[i]);
                    assertThat(tagged[12 + member * 4 + i])
                            .isCloseTo((float) (sums[i * TAGS + best[i]] / total), within(1e-4f));
                    for (int tag = 0; tag < TAGS; tag++) {
                        assertThat(Math.exp(marginals[offset + i * TAGS + tag]))
                                .isCloseTo(sums[i * TAGS + tag] / total, within(1e-4));
                    }
                }
                loss += Math.log(total) - score(goldTags, logits, offset, weights);
            }
            NDList withGold = arguments(manager);
            withGold.add(manager.create(gold));
            assertThat(model.call("loss", withGold).singletonOrThrow().getFloat())
                    .isCloseTo((float) (loss / 8), within(1e-4f));
        }
    }
}
