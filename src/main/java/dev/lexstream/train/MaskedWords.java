package dev.lexstream.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.nlp.BertBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Hides tokens of rows, drawn anew in each epoch: 15 % and at least one of each row are to be predicted. They are hidden
 * by spans, the longer the rarer, so that a word of several tokens cannot be told from its own rest; 80 % of the spans
 * become {@code [MASK]}, 10 % other tokens and 10 % stay.
 *
 * @param mask id of {@code [MASK]}
 * @param firstWord the least id that is no special token
 * @param vocabulary number of ids
 * @param longestSpan tokens hidden together at most; 1 hides each for itself
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al., "BERT" (2019)</a>
 * @see <a href="https://arxiv.org/abs/2004.13922">Cui et al., "Revisiting Pre-Trained Models for Chinese" (2020), on
 *     n-gram masking</a>
 */
record MaskedWords(int mask, int firstWord, int vocabulary, int longestSpan) {

    private static final double HIDDEN = 0.15;
    private static final double MASKED = 0.8;
    private static final double RANDOM = 0.9;

    MaskedWords {
        if (longestSpan < 1) {
            throw new IllegalArgumentException("longestSpan must be at least 1, found " + longestSpan);
        }
    }

    /** The arguments of {@code bert_masked_lm}'s methods for rows that begin and end with a special token. */
    NDList arguments(NDManager manager, List<int[]> rows, SplittableRandom random) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        List<int[]> hidden = new ArrayList<>(rows.size());
        List<Integer> positions = new ArrayList<>();
        List<Integer> words = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            int[] tokens = rows.get(row).clone();
            // At least one token of each row, so that no batch is empty.
            int always = random.nextInt(1, tokens.length - 1);
            int end = 0;
            double draw = 0;
            for (int i = 1; i < tokens.length - 1; i++) {
                if (i >= end && (i == always || random.nextDouble() < HIDDEN / meanSpan())) {
                    end = i + span(random);
                    draw = random.nextDouble();
                }
                if (i < end && tokens[i] >= firstWord) {
                    positions.add(row * longest + i);
                    words.add(tokens[i]);
                    tokens[i] = hide(tokens[i], draw, random);
                }
            }
            hidden.add(tokens);
        }
        NDList arguments = BertBatch.arguments(manager, hidden);
        arguments.add(BertBatch.vector(manager, ints(positions)));
        arguments.add(BertBatch.vector(manager, ints(words)));
        return arguments;
    }

    /** Lengths are drawn with weights that fall evenly to one: 4, 3, 2, 1 for spans of up to four. */
    private int span(SplittableRandom random) {
        int length = 1;
        if (longestSpan > 1) {
            int draw = random.nextInt(longestSpan * (longestSpan + 1) / 2);
            for (int weight = longestSpan; draw >= weight; weight--) {
                draw -= weight;
                length++;
            }
        }
        return length;
    }

    private double meanSpan() {
        return (longestSpan + 2) / 3.0;
    }

    private int hide(int token, double draw, SplittableRandom random) {
        return draw < MASKED ? mask : draw < RANDOM ? random.nextInt(firstWord, vocabulary) : token;
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
