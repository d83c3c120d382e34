package dev.lexstream.nlp;

/**
 * The tokens of one text, without special tokens. The arrays are equally long.
 *
 * @param ids of the tokens
 * @param begins where each begins in the text, in code points
 * @param ends where each ends
 */
record WordPieces(int[] ids, int[] begins, int[] ends) {

    static final WordPieces NONE = new WordPieces(new int[0], new int[0], new int[0]);

    int count() {
        return ids.length;
    }
}
