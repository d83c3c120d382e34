package dev.lexstream.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Batches of examples of similar length, in random order, so that little of a batch is padding. */
final class LengthBuckets {

    /** Batches whose examples are sorted together; more gives less padding and less chance. */
    private static final int WINDOW = 20;

    private LengthBuckets() {}

    static <E> List<List<E>> batches(
            List<E> examples, ToIntFunction<E> length, int batchSize, SplittableRandom random) {
        List<E> shuffled = new ArrayList<>(examples);
        shuffle(shuffled, random);
        List<List<E>> batches = new ArrayList<>();
        for (int begin = 0; begin < shuffled.size(); begin += WINDOW * batchSize) {
            List<E> window =
                    new ArrayList<>(shuffled.subList(begin, Math.min(begin + WINDOW * batchSize, shuffled.size())));
            window.sort(Comparator.comparingInt(length));
            for (int i = 0; i < window.size(); i += batchSize) {
                batches.add(List.copyOf(window.subList(i, Math.min(i + batchSize, window.size()))));
            }
        }
        shuffle(batches, random);
        return batches;
    }

    private static <E> void shuffle(List<E> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            E swapped = list.get(i);
            list.set(i, list.get(j));
            list.set(j, swapped);
        }
    }
}
