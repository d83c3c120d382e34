package dev.lexstream.train;

/**
 * A sentence and its translation.
 *
 * @param source not blank
 * @param target not blank
 */
public record TranslationPair(String source, String target) {

    public TranslationPair {
        if (source.isBlank() || target.isBlank()) {
            throw new IllegalArgumentException("source and target must not be blank");
        }
    }
}
