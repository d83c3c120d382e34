package dev.lexstream.nlp;

import java.util.List;
import java.util.Objects;

/**
 * The sentences of one text as a translator sees them.
 *
 * @param sentences token ids, each ending in the end token; at least one
 * @param texts the sentences as they are written, as many
 * @param coverage how many of the text's tokens these are
 */
public record TranslatorInput(List<long[]> sentences, List<String> texts, Coverage coverage) implements Prepared {

    public TranslatorInput {
        sentences = List.copyOf(sentences);
        texts = List.copyOf(texts);
        Objects.requireNonNull(coverage, "coverage");
        if (sentences.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one sentence");
        }
        if (texts.size() != sentences.size()) {
            throw new IllegalArgumentException(
                    "texts must be as many as sentences, found " + texts.size() + " and " + sentences.size());
        }
    }

    @Override
    public int length() {
        return sentences.stream().mapToInt(sentence -> sentence.length).max().orElseThrow();
    }

    /** One for each sentence. */
    @Override
    public int rows() {
        return sentences.size();
    }

    @Override
    public int tokens() {
        return sentences.stream().mapToInt(sentence -> sentence.length).sum();
    }
}
