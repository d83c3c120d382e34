package dev.lexstream.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What in tagged sentences may be meant so, but is worth a line: words without a tag, and tags that CoNLL-U does not have. */
public final class TagNotes {

    /** <a href="https://universaldependencies.org/u/pos/">The universal part-of-speech tags</a>. */
    private static final Set<String> UNIVERSAL = Set.of(
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
            "SCONJ", "SYM", "VERB", "X");

    private TagNotes() {}

    /** One note for each, none where there is nothing to say. */
    public static List<String> of(TaggedFormat format, List<TaggedSentence> sentences) {
        List<String> notes = new ArrayList<>();
        if (format != TaggedFormat.CONLLU) {
            return notes;
        }
        int untagged = sentences.stream().mapToInt(TaggedSentence::untagged).sum();
        int words =
                sentences.stream().mapToInt(sentence -> sentence.words().size()).sum();
        if (untagged > 0) {
            notes.add(untagged + " of " + words + " words have no tag (_): they are left out");
        }
        TreeMap<String, Integer> others = new TreeMap<>();
        sentences.forEach(sentence -> sentence.tags().stream()
                .filter(tag -> !UNIVERSAL.contains(tag) && !tag.equals(TaggedSentence.UNTAGGED))
                .forEach(tag -> others.merge(tag, 1, Integer::sum)));
        if (!others.isEmpty()) {
            notes.add("warning: "
                    + others.values().stream().mapToInt(Integer::intValue).sum() + " of " + words
                    + " words have tags that are none of the 17 universal ones: "
                    + VisibleText.listed(others.keySet()));
        }
        return notes;
    }
}
