package dev.lexstream.train;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well a tagger does.
 *
 * @param sentences measured
 * @param tokens measured
 * @param correct tokens with the gold tag
 * @param tags figures of each tag that occurs, by tag
 */
public record TaggerScores(int sentences, int tokens, int correct, Map<String, TagScore> tags) {

    /**
     * Figures of one tag.
     *
     * @param gold tokens that have it
     * @param predicted tokens that were given it
     * @param correct tokens of both
     */
    public record TagScore(int gold, int predicted, int correct) {

        /** Harmonic mean of precision and recall, 0 to 1. */
        public double f1() {
            return gold + predicted == 0 ? 0 : 2.0 * correct / (gold + predicted);
        }
    }

    public TaggerScores {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** Fraction of tokens with the gold tag. */
    public double accuracy() {
        return tokens == 0 ? 0 : (double) correct / tokens;
    }

    /** Mean F1 over the tags that the gold data has. */
    public double macroF1() {
        return tags.values().stream()
                .filter(tag -> tag.gold() > 0)
                .mapToDouble(TagScore::f1)
                .average()
                .orElse(0);
    }

    /** Adds up sentences. Not thread-safe. */
    static final class Counter {

        private final Map<String, TagScore> tags = new TreeMap<>();
        private int sentences;
        private int tokens;
        private int correct;

        void add(List<String> gold, List<String> found) {
            sentences++;
            for (int i = 0; i < gold.size(); i++) {
                boolean same = gold.get(i).equals(found.get(i));
                tokens++;
                correct += same ? 1 : 0;
                count(gold.get(i), 1, 0, same ? 1 : 0);
                count(found.get(i), 0, 1, 0);
            }
        }

        private void count(String tag, int gold, int predicted, int correct) {
            tags.merge(
                    tag,
                    new TagScore(gold, predicted, correct),
                    (a, b) -> new TagScore(
                            a.gold() + b.gold(), a.predicted() + b.predicted(), a.correct() + b.correct()));
        }

        TaggerScores scores() {
            return new TaggerScores(sentences, tokens, correct, tags);
        }
    }
}
