package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lexstream.nlp.TagScheme;
import dev.lexstream.nlp.TokenTag;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a model is compared with: the best that can be done without looking. */
class ComparisonTest {

    private static Comparison classes(List<String> gold, List<String> found) {
        return ClassifierScores.of(gold, found, Optional.empty()).comparison();
    }

    @Test
    void aClassifierIsBesideTheMostFrequentClass() {
        Comparison constant = classes(List.of("a", "b", "b", "c"), List.of("b", "b", "b", "b"));
        assertThat(constant).isEqualTo(new Comparison("accuracy", 0.5, 0.5, "always saying 'b'"));
        assertThat(constant.isBetter()).isFalse();
        assertThat(classes(List.of("a", "b", "b", "c"), List.of("a", "b", "b", "b"))
                        .isBetter())
                .isTrue();
        Comparison single = classes(List.of("a", "a"), List.of("a", "a"));
        assertThat(single.isPossible()).isFalse();
    }

    @Test
    void aTaggerIsBesideItsMostFrequentTag() {
        TaggerScores.Counter counter = new TaggerScores.Counter(TagScheme.TOKENS);
        counter.add(tags("NOUN", "VERB", "NOUN"), tags("NOUN", "NOUN", "NOUN"));
        Comparison comparison =
                new TrivialTags(TagScheme.TOKENS, 3, 3, Map.of("NOUN", 2, "VERB", 1)).comparison(counter.scores());
        assertThat(comparison.way()).isEqualTo("always saying 'NOUN'");
        assertThat(comparison.trivial()).isEqualTo(comparison.score()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(comparison.isBetter()).isFalse();
    }

    @Test
    void aTaggerThatFindsNoEntityIsNoBetterThanOneThatDoesNotLook() {
        TaggerScores.Counter counter = new TaggerScores.Counter(TagScheme.SPANS);
        counter.add(List.of(new TokenTag(0, 9, "date", 0)), List.of());
        Comparison comparison = new TrivialTags(TagScheme.SPANS, 1, 3, Map.of()).comparison(counter.scores());
        assertThat(comparison.isBetter()).isFalse();
        assertThat(comparison.way()).isEqualTo("finding nothing");
    }

    private static List<TokenTag> tags(String... tags) {
        return java.util.stream.IntStream.range(0, tags.length)
                .mapToObj(i -> new TokenTag(2 * i, 2 * i + 1, tags[i], 0))
                .toList();
    }

    @Test
    void aTranslatorIsBesideOneSentenceForEverything() {
        List<TranslationPair> pairs = List.of(
                new TranslationPair("茶", "I would like some tea."),
                new TranslationPair("水", "The water is cold today."),
                new TranslationPair("山", "We walked up the hill."));
        List<String> right = pairs.stream().map(TranslationPair::target).toList();
        assertThat(ConstantTranslation.comparison(right, pairs, pairs).isBetter())
                .isTrue();
        for (String same : List.of("", "I", "We walked up the hill.", "The the the.")) {
            Comparison constant = ConstantTranslation.comparison(Collections.nCopies(3, same), pairs, pairs);
            assertThat(constant.isBetter()).as(same).isFalse();
        }
    }
}
