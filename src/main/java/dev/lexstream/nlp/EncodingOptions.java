package dev.lexstream.nlp;

import java.util.Objects;

/**
 * How texts become rows of token ids. The options of {@code encode} in Hugging Face's {@code BertTokenizer}.
 *
 * @param addSpecialTokens whether {@code [CLS]} and {@code [SEP]} are put around the texts
 * @param maxLength tokens of a row at most, special tokens included
 * @param stride tokens that a window repeats of the one before
 * @param truncation which text gives way
 * @param padToMaxLength whether rows are filled up to {@code maxLength} with {@code [PAD]}
 * @param returnOffsets whether the tokens' places in the text are told, which takes longer
 */
public record EncodingOptions(
        boolean addSpecialTokens,
        int maxLength,
        int stride,
        Truncation truncation,
        boolean padToMaxLength,
        boolean returnOffsets) {

    public EncodingOptions {
        Objects.requireNonNull(truncation, "truncation");
        if (maxLength < 1) {
            throw new IllegalArgumentException("maxLength must be at least 1, found " + maxLength);
        }
        if (stride < 0) {
            throw new IllegalArgumentException("stride must not be negative, found " + stride);
        }
    }

    /** Special tokens, windows of {@code maxLength} that do not overlap, longest first, no padding, offsets. */
    public static EncodingOptions upTo(int maxLength) {
        return new EncodingOptions(true, maxLength, 0, Truncation.LONGEST_FIRST, false, true);
    }

    /** The same with another overlap of windows. */
    public EncodingOptions withStride(int tokens) {
        return new EncodingOptions(addSpecialTokens, maxLength, tokens, truncation, padToMaxLength, returnOffsets);
    }

    /** The same, for a caller who needs ids only. */
    public EncodingOptions withoutOffsets() {
        return new EncodingOptions(addSpecialTokens, maxLength, stride, truncation, padToMaxLength, false);
    }
}
