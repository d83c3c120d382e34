package dev.lexstream.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

    @Test
    void everyHalfSurvivesTheWayToFloatAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = HalfPrecision.toFloat((short) bits);
            short back = HalfPrecision.fromFloat(value);
            if (Float.isNaN(value)) {
                assertThat(HalfPrecision.toFloat(back)).isNaN();
            } else {
                assertThat(back).as("0x%04x", bits).isEqualTo((short) bits);
            }
        }
    }

    @Property
    void aFloatGoesToTheNearestHalf(@ForAll @FloatRange(min = -65504, max = 65504) float value) {
        short half = HalfPrecision.fromFloat(value);
        float distance = Math.abs(HalfPrecision.toFloat(half) - value);
        for (int neighbour : new int[] {half - 1, half + 1}) {
            float other = HalfPrecision.toFloat((short) neighbour);
            if (Float.isFinite(other)) {
                assertThat(distance).isLessThanOrEqualTo(Math.abs(other - value));
            }
        }
    }

    @Property
    void aFloatGoesToTheNearestBrainFloat(@ForAll @FloatRange(min = -1e38f, max = 1e38f) float value) {
        int bits = HalfPrecision.brainFromFloat(value);
        float distance = Math.abs(brain(bits) - value);
        for (int neighbour : new int[] {bits - 1, bits + 1}) {
            if (Float.isFinite(brain(neighbour))) {
                assertThat(distance).isLessThanOrEqualTo(Math.abs(brain(neighbour) - value));
            }
        }
        assertThat(brain(HalfPrecision.brainFromFloat(Float.NaN))).isNaN();
    }

    private static float brain(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    @Test
    void whatIsTooLargeBecomesInfinite() {
        assertThat(HalfPrecision.toFloat(HalfPrecision.fromFloat(70_000f))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(HalfPrecision.toFloat(HalfPrecision.fromFloat(-70_000f))).isEqualTo(Float.NEGATIVE_INFINITY);
    }
}
