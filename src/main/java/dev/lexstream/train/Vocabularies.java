package dev.lexstream.train;

import dev.lexstream.nlp.NgramFeatures;
import dev.lexstream.nlp.TokenFeatures;
import dev.lexstream.nlp.Vocabulary;
import dev.lexstream.nlp.WordFeatures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the vocabularies of taggers from the tokens of their training sentences. */
final class Vocabularies {

    private Vocabularies() {}

    /**
     * @param sentences tokens of the given unit
     * @param minCount what is seen less often is unknown
     */
    static TokenFeatures of(TokenUnit unit, List<List<String>> sentences, int minCount) {
        return unit == TokenUnit.WORD ? words(sentences, minCount) : ngrams(sentences, minCount, minCount);
    }

    private static WordFeatures words(List<List<String>> sentences, int minCount) {
        Map<String, Integer> words = new HashMap<>();
        Map<String, Integer> characters = new HashMap<>();
        for (List<String> sentence : sentences) {
            for (String word : sentence) {
                words.merge(WordFeatures.normalize(word), 1, Integer::sum);
                word.codePoints().forEach(c -> characters.merge(Character.toString(c), 1, Integer::sum));
            }
        }
        return new WordFeatures(
                Vocabulary.of(words, minCount, Integer.MAX_VALUE),
                Vocabulary.of(characters, minCount, Integer.MAX_VALUE));
    }

    static NgramFeatures ngrams(List<List<String>> sentences, int minCount, int minNgramCount) {
        Map<String, Integer> characters = new HashMap<>();
        Map<String, Integer> ngrams = new HashMap<>();
        for (List<String> sentence : sentences) {
            sentence.forEach(token -> characters.merge(NgramFeatures.normalize(token), 1, Integer::sum));
            NgramFeatures.ngrams(sentence).forEach(ngram -> ngrams.merge(ngram, 1, Integer::sum));
        }
        return new NgramFeatures(
                Vocabulary.of(characters, minCount, Integer.MAX_VALUE),
                Vocabulary.of(ngrams, minNgramCount, NgramFeatures.MOST));
    }
}
