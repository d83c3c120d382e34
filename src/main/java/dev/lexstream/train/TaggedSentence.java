package dev.lexstream.train;

import java.util.Collections;
import java.util.List;

/**
 * Words with their gold tags.
 *
 * @param words at least one
 * @param tags one for each word; {@link #UNTAGGED} where nobody has said it
 */
public record TaggedSentence(List<String> words, List<String> tags) {

    /** CoNLL-U's sign for a value that is not given. Nothing is learned from such a word, and it is not counted. */
    public static final String UNTAGGED = "_";

    public TaggedSentence {
        words = List.copyOf(words);
        tags = List.copyOf(tags);
        if (words.isEmpty() || words.size() != tags.size()) {
            throw new IllegalArgumentException(
                    "words and tags must be equally many and not empty, found " + words.size() + ", " + tags.size());
        }
    }

    /** How many words have no tag. */
    public int untagged() {
        return Collections.frequency(tags, UNTAGGED);
    }
}
