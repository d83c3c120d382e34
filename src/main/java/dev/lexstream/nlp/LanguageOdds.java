package dev.lexstream.nlp;

import java.util.Map;
import java.util.Set;

/**
 * Turns Lingua's relative values into probabilities.
 *
 * <p>Lingua sums the logarithms of n-gram probabilities for each language and gives the ratio of the best sum to the
 * language's own: 1 for the best one, whatever the text. How much more probable the best one is follows from the ratio and
 * the size of the sum, which Lingua keeps to itself; it grows with the evidence as {@code SCALE * size^GROWTH}. A language
 * that is expected has {@code e^LEAN} times the prior probability of another, which decides where the n-grams do not. Then
 * a share is given back to all languages: for words of a foreign language, names and slips, the less the more there is to
 * read; apart for texts whose script leaves one language.
 *
 * <p>The constants are fitted to 10,400 texts of 1 to 400 letters: everyday sentences, questions, posts and news in English
 * and Chinese and beginnings of them, and strings of user interfaces in eleven languages, with a log loss in which English
 * and Chinese are expected; the reliability of others of the kind is in configuration.md.
 */
final class LanguageOdds {

    static final double LEAN = 2.0;

    private static final double SCALE = 5.211;
    private static final double GROWTH = 0.6525;

    private static final Slips AMONG_SEVERAL = new Slips(1.101, 1.697);
    private static final Slips BY_SCRIPT = new Slips(2.191, 1.677);

    /** The share of texts that are not what they look like: logistic in the logarithm of the evidence. */
    private record Slips(double offset, double slope) {
        double share(int size) {
            return 1 / (1 + Math.exp(offset + slope * Math.log(size)));
        }
    }

    private LanguageOdds() {}

    /** A language and its probability, 0 to 1. */
    record Best<L>(L language, double probability) {}

    /**
     * The most probable language; of equally probable ones the first.
     *
     * @param relative Lingua's values, above 0 and at most 1, one or more; languages that are not there are impossible
     * @param size of the {@link LanguageEvidence}, 1 or more
     * @param expected languages that are more probable to begin with
     * @param candidates how many languages there are to decide between
     */
    static <L> Best<L> best(Map<L, Double> relative, int size, Set<L> expected, int candidates) {
        double weight = SCALE * Math.pow(size, GROWTH);
        L best = null;
        double highest = Double.NEGATIVE_INFINITY;
        double[] scores = new double[relative.size()];
        int i = 0;
        for (Map.Entry<L, Double> entry : relative.entrySet()) {
            double score = weight * (1 - 1 / entry.getValue()) + (expected.contains(entry.getKey()) ? LEAN : 0);
            scores[i++] = score;
            if (score > highest) {
                highest = score;
                best = entry.getKey();
            }
        }
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - highest);
        }
        double slips = (scores.length == 1 ? BY_SCRIPT : AMONG_SEVERAL).share(size);
        return new Best<>(best, (1 - slips) / sum + slips / candidates);
    }
}
