package dev.lexstream.train;

import java.util.List;

/**
 * How good translations are, against one reference each.
 *
 * @param bleu of the corpus
 * @param chrf of the corpus
 * @param sentences translated
 */
public record TranslatorScores(Bleu bleu, ChrF chrf, int sentences) {

    static TranslatorScores of(List<String> translations, List<TranslationPair> pairs) {
        List<List<String>> references =
                pairs.stream().map(pair -> List.of(pair.target())).toList();
        return new TranslatorScores(Bleu.of(translations, references), ChrF.of(translations, references), pairs.size());
    }
}
