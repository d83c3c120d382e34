package dev.lexstream.nlp;

import java.util.List;
import java.util.Objects;

/**
 * The sentences of one text as a translator sees them.
 *
 * @param sentences token ids, each ending in the end token; at least one
 * @param coverage how many of the text's tokens these are
 */
public record TranslatorInput(List<long[]> sentences, Coverage coverage) implements Prepared {

    public TranslatorInput {
        sentences = List.copyOf(sentences);
        Objects.requireNonNull(coverage, "coverage");
        if (sentences.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one sentence");
        }
    }

    /** Tokens of all sentences: each is a row of the batch, so a text of several costs as much as one long row. */
    @Override
    public int length() {
        return sentences.stream().mapToInt(sentence -> sentence.length).sum();
    }
}
