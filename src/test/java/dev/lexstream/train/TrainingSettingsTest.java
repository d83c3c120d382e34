package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {

    private static final double RATE = 0.001;

    private static TrainingSettings warmup(int steps) {
        return new TrainingSettings(12, 5, 64, RATE, steps, 5, 0.998, 17, Optional.empty());
    }

    private static double highest(TrainingSettings settings, int total) {
        return IntStream.rangeClosed(1, total)
                .mapToDouble(step -> settings.learningRate(step, total))
                .max()
                .orElseThrow();
    }

    @Property
    void aTrainingOfAnyLengthComesToItsLearningRate(
            @ForAll @IntRange(max = 1000) int warmup, @ForAll @IntRange(min = 4, max = 400) int total) {
        assertThat(highest(warmup(warmup), total)).isBetween(0.7 * RATE, 1.0001 * RATE);
    }

    @Property
    void theLearningRateRisesAndThenFalls(
            @ForAll @IntRange(max = 1000) int warmup, @ForAll @IntRange(min = 1, max = 3000) int total) {
        TrainingSettings settings = warmup(warmup);
        int peak = Math.max(1, Math.min(warmup, total / 4));
        for (int step = 2; step <= total; step++) {
            float before = settings.learningRate(step - 1, total);
            float now = settings.learningRate(step, total);
            assertThat(now).isPositive();
            assertThat(now > before).isEqualTo(step <= peak);
        }
    }

    @Test
    void aLongTrainingHasTheWarmupItWasGiven() {
        assertThat(warmup(400).learningRate(400, 1600)).isEqualTo((float) RATE);
        assertThat(warmup(400).learningRate(200, 1600)).isEqualTo((float) RATE / 2);
    }
}
