package dev.lexstream.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** How often each run of a given length occurs in a sequence. */
record Ngrams(Map<Run, Integer> counts) {

    /** A run. Has an order, so that finding one among many of the same hash stays quick. */
    record Run(List<String> items) implements Comparable<Run> {

        @Override
        public int compareTo(Run other) {
            return Arrays.compare(items.toArray(String[]::new), other.items.toArray(String[]::new));
        }
    }

    static Ngrams of(List<String> sequence, int order) {
        Map<Run, Integer> counts = new HashMap<>();
        for (int begin = 0; begin + order <= sequence.size(); begin++) {
            counts.merge(new Run(sequence.subList(begin, begin + order)), 1, Integer::sum);
        }
        return new Ngrams(counts);
    }

    /** Each run as often as in the one that has it more often. */
    Ngrams union(Ngrams other) {
        Map<Run, Integer> larger = new HashMap<>(counts);
        other.counts.forEach((run, count) -> larger.merge(run, count, Math::max));
        return new Ngrams(larger);
    }

    /** Runs in both, each as often as in the one that has it less often. */
    long common(Ngrams other) {
        long common = 0;
        for (Entry<Run, Integer> entry : counts.entrySet()) {
            common += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
        }
        return common;
    }

    long total() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
}
