package dev.lexstream.train;

import dev.lexstream.nlp.TagScheme;
import dev.lexstream.nlp.TokenTag;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well a tagger does, counted in the spans it should find: tokens, words or entities.
 *
 * @param scheme what the tags mean, and so which measures there are
 * @param sentences measured
 * @param boundaries spans found where they should be, whatever their label
 * @param untagged words whose tag nobody has said, which are not counted
 * @param total all labels together
 * @param tags figures of each label that occurs, by label
 */
public record TaggerScores(
        TagScheme scheme, int sentences, int boundaries, int untagged, TagScore total, Map<String, TagScore> tags) {

    /**
     * Figures of one label.
     *
     * @param gold spans that have it
     * @param predicted spans that were given it
     * @param correct spans of both
     */
    public record TagScore(int gold, int predicted, int correct) {

        private static final TagScore NONE = new TagScore(0, 0, 0);

        /** Harmonic mean of precision and recall, 0 to 1. */
        public double f1() {
            return gold + predicted == 0 ? 0 : 2.0 * correct / (gold + predicted);
        }

        private TagScore plus(TagScore other) {
            return new TagScore(gold + other.gold, predicted + other.predicted, correct + other.correct);
        }
    }

    public TaggerScores {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** The measures of this kind of tagger by name, each 0 to 1. */
    public Map<String, Double> measures() {
        Map<String, Double> measures = new LinkedHashMap<>();
        switch (scheme) {
            case TOKENS -> {
                measures.put("accuracy", main());
                measures.put("macroF1", macroF1());
            }
            case SEGMENTS -> {
                measures.put("segmentationF1", new TagScore(total.gold(), total.predicted(), boundaries).f1());
                measures.put("jointF1", main());
            }
            case SPANS -> measures.put("spanF1", main());
        }
        return measures;
    }

    /** The measure to train for: F1 over spans and labels, which for tokens is their accuracy. */
    public double main() {
        return total.f1();
    }

    /** The name of {@link #main} among the measures. */
    public static String mainName(TagScheme scheme) {
        return switch (scheme) {
            case TOKENS -> "accuracy";
            case SEGMENTS -> "jointF1";
            case SPANS -> "spanF1";
        };
    }

    /** Mean F1 over the labels that the gold data has. */
    private double macroF1() {
        return tags.values().stream()
                .filter(tag -> tag.gold() > 0)
                .mapToDouble(TagScore::f1)
                .average()
                .orElse(0);
    }

    /** Adds up sentences. Not thread-safe. */
    static final class Counter {

        private final TagScheme scheme;
        private final Map<String, TagScore> tags = new TreeMap<>();
        private TagScore total = TagScore.NONE;
        private int sentences;
        private int boundaries;
        private int untagged;

        Counter(TagScheme scheme) {
            this.scheme = scheme;
        }

        void add(List<TokenTag> gold, List<TokenTag> found) {
            sentences++;
            Map<Integer, TokenTag> byStart = new HashMap<>();
            for (TokenTag span : found) {
                byStart.put(span.start(), span);
                count(span.label(), new TagScore(0, 1, 0));
            }
            for (TokenTag span : gold) {
                TokenTag same = byStart.get(span.start());
                boolean bounded = same != null && same.end() == span.end();
                boolean correct = bounded && same.label().equals(span.label());
                boundaries += bounded ? 1 : 0;
                count(span.label(), new TagScore(1, 0, correct ? 1 : 0));
            }
        }

        /** Words that are left out. */
        void leaveOut(int words) {
            untagged += words;
        }

        private void count(String tag, TagScore score) {
            tags.merge(tag, score, TagScore::plus);
            total = total.plus(score);
        }

        TaggerScores scores() {
            return new TaggerScores(scheme, sentences, boundaries, untagged, total, tags);
        }
    }
}
