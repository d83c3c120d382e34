package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.train.SubwordLearner.Merge;
import dev.lexstream.train.SubwordLearner.Subwords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SubwordLearnerTest {

    @Provide
    static Arbitrary<Map<String, Long>> words() {
        Arbitrary<String> word =
                Arbitraries.strings().withChars("abc茶水😀").ofMinLength(1).ofMaxLength(8);
        return Arbitraries.maps(word, Arbitraries.longs().between(1, 20)).ofMaxSize(30);
    }

    /** The definition, without bookkeeping: count all pairs anew for each merge. */
    private static List<Merge> byDefinition(Map<String, Long> words, int merges) {
        Map<List<String>, Long> spelled = new LinkedHashMap<>();
        words.forEach((word, count) ->
                spelled.put(word.codePoints().mapToObj(Character::toString).toList(), count));
        List<Merge> learned = new ArrayList<>();
        while (learned.size() < merges) {
            Map<String, Long> counts = new TreeMap<>();
            Map<String, Merge> pairs = new TreeMap<>();
            spelled.forEach((symbols, count) -> {
                for (int i = 0; i + 1 < symbols.size(); i++) {
                    String key = symbols.get(i) + "\0" + symbols.get(i + 1);
                    counts.merge(key, count, Long::sum);
                    pairs.put(key, new Merge(symbols.get(i), symbols.get(i + 1)));
                }
            });
            long most =
                    counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
            if (most < 2) {
                break;
            }
            Merge best = counts.entrySet().stream()
                    .filter(entry -> entry.getValue() == most)
                    .map(entry -> pairs.get(entry.getKey()))
                    .findFirst()
                    .orElseThrow();
            learned.add(best);
            Map<List<String>, Long> joined = new LinkedHashMap<>();
            spelled.forEach((symbols, count) -> joined.merge(join(symbols, best), count, Long::sum));
            spelled.clear();
            spelled.putAll(joined);
        }
        return learned;
    }

    private static List<String> join(List<String> symbols, Merge merge) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < symbols.size(); i++) {
            if (i + 1 < symbols.size()
                    && symbols.get(i).equals(merge.left())
                    && symbols.get(i + 1).equals(merge.right())) {
                joined.add(merge.left() + merge.right());
                i++;
            } else {
                joined.add(symbols.get(i));
            }
        }
        return joined;
    }

    @Property(tries = 200)
    void mergesAreThoseOfTheDefinition(@ForAll("words") Map<String, Long> words) {
        Subwords subwords = SubwordLearner.learn(words, 40, 1, "");
        assertThat(subwords.merges())
                .isEqualTo(byDefinition(words, subwords.merges().size() + 1)
                        .subList(0, subwords.merges().size()));
        assertThat(subwords.tokens())
                .doesNotHaveDuplicates()
                .startsWith(subwords.alphabet().toArray(String[]::new));
        assertThat(subwords.tokens().size())
                .isLessThanOrEqualTo(Math.max(40, subwords.alphabet().size()));
    }

    @Test
    void continuingSymbolsCarryTheirPrefixOnce() {
        Subwords subwords = SubwordLearner.learn(Map.of("unable", 5L, "able", 5L, "un", 2L), 30, 1, "##");
        assertThat(subwords.tokens()).contains("a", "##a", "un", "##able").doesNotContain("##un", "######able");
    }

    @Test
    void rareCharactersAreNoSymbolsAndNothingIsJoinedAcrossThem() {
        Subwords subwords = SubwordLearner.learn(Map.of("ab", 9L, "a鼃b", 1L), 30, 2, "");
        assertThat(subwords.alphabet()).containsExactly("a", "b");
        assertThat(subwords.tokens()).containsExactly("a", "b", "ab");
    }
}
