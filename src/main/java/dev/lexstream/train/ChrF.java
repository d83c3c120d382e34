package dev.lexstream.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The character F-score of a corpus, the same number as sacreBLEU's chrF2: runs of up to six characters without white
 * space, recall twice as important as precision, case kept.
 *
 * @param score 0 to 100
 * @param signature what was computed, in sacreBLEU's form
 * @see <a href="https://aclanthology.org/W15-3049/">Popovic, "chrF" (2015)</a>
 */
public record ChrF(double score, String signature) {

    private static final int ORDER = 6;
    private static final double RECALL_WEIGHT = 4;

    /**
     * Compares translations with their references; of several references the best counts.
     *
     * @param references of each translation, at least one
     * @throws IllegalArgumentException when there is no translation, or one without a reference
     */
    public static ChrF of(List<String> translations, List<List<String>> references) {
        ReferencedTexts texts = new ReferencedTexts(translations, references);
        Counts sum = new Counts();
        for (int i = 0; i < translations.size(); i++) {
            sum.add(best(translations.get(i), references.get(i)));
        }
        return new ChrF(
                sum.score(),
                "nrefs:" + texts.count() + "|case:mixed|eff:yes|nc:6|nw:0|space:no|version:" + MetricVersion.current());
    }

    /** The figure in sacreBLEU's form. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "chrF2 = %.2f", score);
    }

    private static Counts best(String translation, List<String> references) {
        List<Ngrams> found = ngrams(translation);
        Counts best = null;
        for (String reference : references) {
            Counts counts = Counts.of(found, ngrams(reference));
            if (best == null || counts.score() > best.score()) {
                best = counts;
            }
        }
        return best;
    }

    private static List<Ngrams> ngrams(String line) {
        List<String> characters = Tokenizer13a.withoutSpace(line)
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
        List<Ngrams> ngrams = new ArrayList<>();
        for (int order = 1; order <= ORDER; order++) {
            ngrams.add(Ngrams.of(characters, order));
        }
        return ngrams;
    }

    /** Runs found, expected and common, by length. */
    private static final class Counts {

        private final long[] found = new long[ORDER];
        private final long[] expected = new long[ORDER];
        private final long[] common = new long[ORDER];

        static Counts of(List<Ngrams> translation, List<Ngrams> reference) {
            Counts counts = new Counts();
            for (int i = 0; i < ORDER; i++) {
                counts.expected[i] = reference.get(i).total();
                // a length that the reference does not have is not held against the translation
                counts.found[i] =
                        counts.expected[i] == 0 ? 0 : translation.get(i).total();
                counts.common[i] = translation.get(i).common(reference.get(i));
            }
            return counts;
        }

        void add(Counts other) {
            for (int i = 0; i < ORDER; i++) {
                found[i] += other.found[i];
                expected[i] += other.expected[i];
                common[i] += other.common[i];
            }
        }

        double score() {
            double precision = 0;
            double recall = 0;
            int orders = 0;
            for (int i = 0; i < ORDER; i++) {
                if (found[i] > 0 && expected[i] > 0) {
                    precision += (double) common[i] / found[i];
                    recall += (double) common[i] / expected[i];
                    orders++;
                }
            }
            if (precision + recall == 0) {
                return 0;
            }
            return 100 * (1 + RECALL_WEIGHT) * precision * recall / (RECALL_WEIGHT * precision + recall) / orders;
        }
    }
}
