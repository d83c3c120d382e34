package dev.lexstream.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** How often each run of a given length occurs in a sequence. */
record Ngrams(Map<List<String>, Integer> counts) {

    static Ngrams of(List<String> sequence, int order) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int begin = 0; begin + order <= sequence.size(); begin++) {
            counts.merge(sequence.subList(begin, begin + order), 1, Integer::sum);
        }
        return new Ngrams(counts);
    }

    /** Each run as often as in the one that has it more often. */
    Ngrams union(Ngrams other) {
        Map<List<String>, Integer> larger = new HashMap<>(counts);
        other.counts.forEach((run, count) -> larger.merge(run, count, Math::max));
        return new Ngrams(larger);
    }

    /** Runs in both, each as often as in the one that has it less often. */
    long common(Ngrams other) {
        long common = 0;
        for (Entry<List<String>, Integer> entry : counts.entrySet()) {
            common += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
        }
        return common;
    }

    long total() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
}
