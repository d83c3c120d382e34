package dev.lexstream.train;

import dev.lexstream.nlp.TagScheme;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forbids what is no sequence of spans, such as {@code O I-date}: these transitions of the conditional random field start
 * at a score from which no gradient leads back, so every tagging found is valid.
 */
final class Transitions {

    private static final float FORBIDDEN = -10_000f;

    private final List<String> tags;
    /** Whether spans say where they end; else they end wherever the next token does not continue them. */
    private final boolean ends;

    Transitions(List<String> tags) {
        this.tags = List.copyOf(tags);
        this.ends = tags.stream().anyMatch(tag -> tag.startsWith("E-") || tag.startsWith("S-"));
    }

    /** The weights with the forbidden transitions in them. */
    Map<String, Tensor> forbidIn(Map<String, Tensor> weights) {
        Map<String, Tensor> changed = new LinkedHashMap<>(weights);
        if (TagScheme.of(tags) != TagScheme.TOKENS && weights.containsKey(LstmTagger.TRANSITIONS)) {
            int count = tags.size();
            change(changed, LstmTagger.TRANSITIONS, i -> allowed(tags.get(i / count), tags.get(i % count)));
            change(changed, LstmTagger.START_TRANSITIONS, i -> !TagScheme.continues(tags.get(i)));
            change(changed, LstmTagger.END_TRANSITIONS, i -> !ends || !TagScheme.goesOn(tags.get(i)));
        }
        return changed;
    }

    private interface Rule {
        boolean allows(int index);
    }

    private static void change(Map<String, Tensor> weights, String name, Rule rule) {
        float[] values = weights.get(name).floats();
        for (int i = 0; i < values.length; i++) {
            values[i] = rule.allows(i) ? values[i] : FORBIDDEN;
        }
        weights.put(name, Tensor.of(values, weights.get(name).shape()));
    }

    private boolean allowed(String from, String to) {
        boolean sameSpan = TagScheme.goesOn(from)
                && TagScheme.continues(to)
                && from.substring(2).equals(to.substring(2));
        boolean nextSpan = !TagScheme.continues(to) && !(ends && TagScheme.goesOn(from));
        return sameSpan || nextSpan;
    }
}
