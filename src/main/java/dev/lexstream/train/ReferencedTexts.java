package dev.lexstream.train;

import java.util.List;

/**
 * Translations with what they should be.
 *
 * @param translations at least one
 * @param references of each translation, at least one
 */
record ReferencedTexts(List<String> translations, List<List<String>> references) {

    ReferencedTexts {
        translations = List.copyOf(translations);
        references = references.stream().map(List::copyOf).toList();
        if (translations.isEmpty() || translations.size() != references.size()) {
            throw new IllegalArgumentException(
                    "there must be a list of references for each translation, and at least one, found "
                            + translations.size() + " translations, " + references.size() + " lists");
        }
        if (references.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "each translation must have a reference, none for translation " + references.indexOf(List.of()));
        }
    }

    /** How many references each translation has, or {@code var}, as in a signature. */
    String count() {
        List<Integer> counts = references.stream().map(List::size).distinct().toList();
        return counts.size() == 1 ? counts.get(0).toString() : "var";
    }
}
