package dev.lexstream.train;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One sentence as the translation of everything: the best that can be done without looking at the source. Some sentences of
 * the training data are tried, and what the translator itself gives most often.
 */
final class ConstantTranslation {

    /** Sentences of the training data that are tried. */
    private static final int TRIED = 20;

    private ConstantTranslation() {}

    /**
     * The scores of translations beside those of the best constant one: in chrF where they are no better there, else in
     * BLEU.
     *
     * @param train whose targets are tried
     * @param dev that was translated
     */
    static Comparison comparison(List<String> translations, List<TranslationPair> train, List<TranslationPair> dev) {
        TranslatorScores scores = TranslatorScores.of(translations, dev);
        double bleu = 0;
        double chrf = 0;
        for (String sentence : candidates(translations, train)) {
            TranslatorScores constant = TranslatorScores.of(Collections.nCopies(dev.size(), sentence), dev);
            bleu = Math.max(bleu, constant.bleu().score());
            chrf = Math.max(chrf, constant.chrf().score());
        }
        String way = "giving one sentence for everything";
        return scores.chrf().score() <= chrf
                ? new Comparison("chrF", scores.chrf().score() / 100, chrf / 100, way)
                : new Comparison("BLEU", scores.bleu().score() / 100, bleu / 100, way);
    }

    private static Set<String> candidates(List<String> translations, List<TranslationPair> train) {
        List<String> targets = train.stream().map(TranslationPair::target).toList();
        Set<String> candidates = new LinkedHashSet<>(List.of(commonest(translations), commonest(targets)));
        int step = Math.max(1, targets.size() / TRIED);
        for (int i = 0; i < targets.size(); i += step) {
            candidates.add(targets.get(i));
        }
        return candidates;
    }

    private static String commonest(List<String> sentences) {
        Map<String, Integer> counts = new HashMap<>();
        String best = sentences.get(0);
        for (String sentence : sentences) {
            int count = counts.merge(sentence, 1, Integer::sum);
            best = count > counts.get(best) ? sentence : best;
        }
        return best;
    }
}
