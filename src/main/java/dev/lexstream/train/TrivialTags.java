package dev.lexstream.train;

import dev.lexstream.nlp.Span;
import dev.lexstream.nlp.TagScheme;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.TokenTag;
import dev.lexstream.train.GoldTags.Expected;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is right when each token is a span of the same label, by label: the best of a tagger that does not look.
 *
 * @param scheme what the tags mean
 * @param gold spans there are
 * @param tokens there are
 * @param single spans that are one token, by label; may be empty
 */
record TrivialTags(TagScheme scheme, int gold, int tokens, Map<String, Integer> single) {

    TrivialTags {
        single = Map.copyOf(single);
    }

    static TrivialTags of(List<TaggedSentence> sentences, GoldTags gold, Tagger tagger) {
        int spans = 0;
        int tokens = 0;
        Map<String, Integer> single = new TreeMap<>();
        for (TaggedSentence sentence : sentences) {
            Expected expected = gold.expected(tagger, sentence);
            List<TokenTag> each = expected.countable(expected.input().spans().stream()
                    .map(token -> new TokenTag(token.begin(), token.end(), "", 0))
                    .toList());
            spans += expected.spans().size();
            tokens += each.size();
            Set<Span> bounds = new HashSet<>();
            each.forEach(token -> bounds.add(new Span(token.start(), token.end())));
            for (TokenTag span : expected.spans()) {
                if (bounds.contains(new Span(span.start(), span.end()))) {
                    single.merge(span.label(), 1, Integer::sum);
                }
            }
        }
        return new TrivialTags(gold.scheme(), spans, tokens, single);
    }

    /** The scores of a tagger beside the best of these. */
    Comparison comparison(TaggerScores scores) {
        String label = "";
        int correct = 0;
        for (Map.Entry<String, Integer> each : new TreeMap<>(single).entrySet()) {
            if (each.getValue() > correct) {
                label = each.getKey();
                correct = each.getValue();
            }
        }
        double trivial = gold + tokens == 0 ? 0 : 2.0 * correct / (gold + tokens);
        return new Comparison(TaggerScores.mainName(scheme), scores.main(), trivial, way(label));
    }

    private String way(String label) {
        if (label.isEmpty()) {
            return "finding nothing";
        }
        String named = VisibleText.quoted(label);
        return switch (scheme) {
            case TOKENS -> "always saying " + named;
            case SEGMENTS -> "making each character a word, always " + named;
            case SPANS -> "making each token an entity, always " + named;
        };
    }
}
