package dev.lexstream.nlp;

import java.util.List;

/**
 * A row of tokens: a text or a pair of texts as BERT sees it. All arrays are as long as the row; nobody writes to them.
 *
 * @param ids of the tokens
 * @param typeIds 0 for the first text and padding, 1 for the second text
 * @param attentionMask 1 for tokens, 0 for padding
 * @param specialTokensMask 1 for the special tokens that were added, padding included, 0 for the texts' own
 * @param offsets where each token is in its text, in code points, 0..0 for special tokens; empty when not asked for
 * @param overflowing the further windows over what did not fit into this row, in order; each of them has none itself
 */
public record BertEncoding(
        int[] ids,
        int[] typeIds,
        int[] attentionMask,
        int[] specialTokensMask,
        List<Span> offsets,
        List<BertEncoding> overflowing) {

    public BertEncoding {
        offsets = List.copyOf(offsets);
        overflowing = List.copyOf(overflowing);
    }

    /** Tokens of the row, padding included. */
    public int length() {
        return ids.length;
    }
}
