package dev.lexstream.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantizedLinearTest {

    private static final Tensor BIAS = Tensor.of(new float[3], List.of(3L));

    @Property
    void everyWeightIsWithinHalfAStepOfItsRow(
            @ForAll @Size(12) List<@FloatRange(min = -1e6f, max = 1e6f) Float> values) {
        float[] weights = new float[values.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = values.get(i);
        }
        QuantizedLinear layer = QuantizedLinear.of(Tensor.of(weights, List.of(3L, 4L)), BIAS);
        float[] bytes = layer.weight().floats();
        float[] scales = layer.scales().floats();
        for (int i = 0; i < weights.length; i++) {
            double scale = scales[i / 4];
            assertThat(bytes[i] * scale).isCloseTo(weights[i], within(0.501 * scale + 1e-30));
            assertThat(bytes[i]).isBetween(-127f, 127f);
        }
    }

    @Test
    void aRowOfZerosStaysZero() {
        QuantizedLinear layer = QuantizedLinear.of(Tensor.of(new float[12], List.of(3L, 4L)), BIAS);
        assertThat(layer.weight().floats()).containsOnly(0);
        assertThat(layer.zeroPoints().floats()).containsOnly(0);
    }

    @Test
    void anArchitectureWithoutEightBitLayersHasNoSuchArchive() {
        LstmTagger tagger = new LstmTagger(new TokenEncoder.Words(30, 20, 8, 4, 6, 3), 5, 7, 2, true, 0.3, false);
        assertThatThrownBy(() -> ScriptArchive.write(Path.of("no.pt"), tagger, tagger.start(1), ElementType.INT8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lstm_tagger has no int8 variant; [bert_classifier, bert_masked_lm] have one");
    }
}
