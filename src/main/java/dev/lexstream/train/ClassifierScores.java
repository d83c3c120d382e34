package dev.lexstream.train;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How well a classifier does on texts with their gold classes.
 *
 * @param texts measured
 * @param correct texts whose best class is the gold one, whether or not the model would reject them
 * @param classes figures of each class that occurs, by label
 * @param scope how texts of the model's scope are told from others, when out-of-scope texts were given
 */
public record ClassifierScores(int texts, int correct, Map<String, ClassScore> classes, Optional<Scope> scope) {

    /**
     * Figures of one class.
     *
     * @param gold texts of it
     * @param predicted texts that were given it
     * @param correct texts of both
     */
    public record ClassScore(int gold, int predicted, int correct) {

        /** Harmonic mean of precision and recall, 0 to 1. */
        public double f1() {
            return gold + predicted == 0 ? 0 : 2.0 * correct / (gold + predicted);
        }

        private ClassScore plus(ClassScore other) {
            return new ClassScore(gold + other.gold, predicted + other.predicted, correct + other.correct);
        }
    }

    /**
     * How texts are rejected. The threshold is the bundle's, for which 95 % of its in-scope dev texts were accepted; for
     * a bundle that has none, that for which 95 % of the in-scope texts at hand are accepted.
     *
     * @param threshold on the probability of the best class
     * @param accepted share of in-scope texts that are not rejected
     * @param outOfScopeRecall share of out-of-scope texts that are rejected
     * @param outOfScopeTexts that were measured
     */
    public record Scope(double threshold, double accepted, double outOfScopeRecall, int outOfScopeTexts) {}

    public ClassifierScores {
        classes = Collections.unmodifiableMap(new TreeMap<>(classes));
    }

    /**
     * Counts.
     *
     * @param gold a class for each text
     * @param found as many
     */
    static ClassifierScores of(List<String> gold, List<String> found, Optional<Scope> scope) {
        Map<String, ClassScore> classes = new TreeMap<>();
        int correct = 0;
        for (int i = 0; i < gold.size(); i++) {
            int same = gold.get(i).equals(found.get(i)) ? 1 : 0;
            correct += same;
            classes.merge(gold.get(i), new ClassScore(1, 0, same), ClassScore::plus);
            classes.merge(found.get(i), new ClassScore(0, 1, 0), ClassScore::plus);
        }
        return new ClassifierScores(gold.size(), correct, classes, scope);
    }

    /** Share of the texts whose best class is the gold one. */
    public double accuracy() {
        return texts == 0 ? 0 : (double) correct / texts;
    }

    /** The accuracy beside that of always saying the most frequent class of these texts. */
    Comparison comparison() {
        Map.Entry<String, ClassScore> most = classes.entrySet().stream()
                .max(Comparator.comparingInt(named -> named.getValue().gold()))
                .orElseThrow();
        return new Comparison(
                "accuracy",
                accuracy(),
                (double) most.getValue().gold() / texts,
                "always saying " + VisibleText.quoted(most.getKey()));
    }

    /** Mean F1 over the classes that the gold data has. */
    public double macroF1() {
        return classes.values().stream()
                .filter(score -> score.gold() > 0)
                .mapToDouble(ClassScore::f1)
                .average()
                .orElse(0);
    }
}
