package dev.lexstream.train;

import java.util.List;

/**
 * Words with their gold tags.
 *
 * @param words at least one
 * @param tags one for each word
 */
public record TaggedSentence(List<String> words, List<String> tags) {

    public TaggedSentence {
        words = List.copyOf(words);
        tags = List.copyOf(tags);
        if (words.isEmpty() || words.size() != tags.size()) {
            throw new IllegalArgumentException(
                    "words and tags must be equally many and not empty, found " + words.size() + ", " + tags.size());
        }
    }
}
