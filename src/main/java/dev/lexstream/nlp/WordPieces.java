package dev.lexstream.nlp;

import java.util.List;

/**
 * The tokens of one text, without special tokens.
 *
 * @param ids of the tokens
 * @param offsets where each is in the text, in code points; empty when not asked for
 */
record WordPieces(int[] ids, List<Span> offsets) {

    static final WordPieces NONE = new WordPieces(new int[0], List.of());

    int count() {
        return ids.length;
    }
}
