package dev.lexstream.nlp;

import java.util.List;

/** Which tokens of a vocabulary numbers are written with: what {@code decoding.py} takes as {@code repeatable}. */
final class NumberTokens {

    /** No part of a number. */
    private static final float NONE = 0;
    /** What stands between digits: part of a number after one. */
    private static final float SEPARATOR = 1;
    /** The mark of a space before the first digit. */
    private static final float SPACE = 2;
    /** Digits, with or without separators. */
    private static final float DIGITS = 3;

    /** How the tokenizers in use write a space: SentencePiece's and GPT-2's. */
    private static final String SPACES = "\u2581\u0120 \u00A0\u202F";
    /** Decimal and thousands separators, those of dates, times and ratios. */
    private static final String SEPARATORS = ".,:/-'’";

    private NumberTokens() {}

    /** For each token of a vocabulary 0 to 3, by id. */
    static float[] of(SubwordTokenizer tokenizer) {
        long[] ids = new long[tokenizer.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i;
        }
        List<String> tokens = tokenizer.tokens(ids);
        float[] kinds = new float[ids.length];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = tokens.get(i) == null ? NONE : kind(tokens.get(i));
        }
        return kinds;
    }

    private static float kind(String token) {
        float kind = NONE;
        for (int c : token.codePoints().toArray()) {
            if (Character.isDigit(c)) {
                kind = DIGITS;
            } else if (SEPARATORS.indexOf(c) >= 0) {
                kind = kind == DIGITS ? DIGITS : SEPARATOR;
            } else if (SPACES.indexOf(c) >= 0) {
                kind = kind == NONE ? SPACE : kind;
            } else {
                return NONE;
            }
        }
        return kind;
    }
}
