package dev.lexstream.train;

import java.util.Optional;

/**
 * How well a classifier does.
 *
 * @param texts in-scope texts with their classes: accuracy is the share whose best class is the gold one, whether or not
 *     the model would reject them; macro F1 is the mean over the gold classes
 * @param scope how it tells texts of its scope from others, when out-of-scope texts were given
 */
public record ClassifierScores(TaggerScores texts, Optional<Scope> scope) {

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
}
