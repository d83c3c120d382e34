package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MaskedWordsTest {

    private static final int MASK = 4;
    private static final int FIRST_WORD = 5;
    private static final int VOCABULARY = 100;

    /** Rows of words 10, 11, 12, ... between two special tokens. */
    private static List<int[]> rows(List<Integer> lengths) {
        return lengths.stream()
                .map(length -> IntStream.range(0, length + 2)
                        .map(i -> i == 0 || i == length + 1 ? 2 : 9 + i)
                        .toArray())
                .toList();
    }

    @Property(tries = 200)
    void whatIsHiddenIsAWordOfItsRowAndEveryRowHasSome(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 40) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 4) int longestSpan,
            @ForAll long seed) {
        MaskedWords masking = new MaskedWords(MASK, FIRST_WORD, VOCABULARY, longestSpan);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arguments = masking.arguments(manager, rows(lengths), new SplittableRandom(seed));
            long[] positions = arguments.get(3).toLongArray();
            long[] words = arguments.get(4).toLongArray();
            int width = (int) arguments.get(0).getShape().get(1);
            assertThat(positions).doesNotHaveDuplicates();
            for (int i = 0; i < positions.length; i++) {
                assertThat(words[i]).isEqualTo(9 + positions[i] % width);
            }
            for (int row = 0; row < lengths.size(); row++) {
                long first = (long) row * width;
                assertThat(Arrays.stream(positions)).anyMatch(at -> at >= first && at < first + width);
            }
        }
    }

    @Test
    void longerSpansHideAboutAsManyWordsInFewerPlaces() {
        double single = share(1);
        double spans = share(3);
        assertThat(spans).isBetween(single * 0.8, single * 1.25);
        assertThat(places(3)).isLessThan(places(1) * 0.75);
    }

    private static double share(int longestSpan) {
        return hidden(longestSpan).length / 4000.0;
    }

    /** Runs of hidden neighbours. */
    private static double places(int longestSpan) {
        long[] positions = hidden(longestSpan);
        return IntStream.range(0, positions.length)
                .filter(i -> i == 0 || positions[i] != positions[i - 1] + 1)
                .count();
    }

    private static long[] hidden(int longestSpan) {
        MaskedWords masking = new MaskedWords(MASK, FIRST_WORD, VOCABULARY, longestSpan);
        try (NDManager manager = NDManager.newBaseManager()) {
            List<int[]> rows = rows(IntStream.range(0, 100).mapToObj(i -> 40).toList());
            return masking.arguments(manager, rows, new SplittableRandom(7))
                    .get(3)
                    .toLongArray();
        }
    }

    @Test
    void aSpanHasATokenAtLeast() {
        assertThatThrownBy(() -> new MaskedWords(MASK, FIRST_WORD, VOCABULARY, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longestSpan must be at least 1, found 0");
    }
}
