package dev.lexstream.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.nlp.BertBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Hides tokens of rows: 15 % are to be predicted, of which 80 % become {@code [MASK]}, 10 % another token and 10 % stay,
 * drawn anew in each epoch.
 *
 * @param mask id of {@code [MASK]}
 * @param firstWord the least id that is no special token
 * @param vocabulary number of ids
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al., "BERT" (2019)</a>
 */
record MaskedWords(int mask, int firstWord, int vocabulary) {

    private static final double HIDDEN = 0.15;
    private static final double MASKED = 0.8;
    private static final double RANDOM = 0.9;

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
            for (int i = 1; i < tokens.length - 1; i++) {
                if (tokens[i] >= firstWord && (i == always || random.nextDouble() < HIDDEN)) {
                    positions.add(row * longest + i);
                    words.add(tokens[i]);
                    tokens[i] = hide(tokens[i], random);
                }
            }
            hidden.add(tokens);
        }
        NDList arguments = BertBatch.arguments(manager, hidden);
        arguments.add(BertBatch.vector(manager, ints(positions)));
        arguments.add(BertBatch.vector(manager, ints(words)));
        return arguments;
    }

    private int hide(int token, SplittableRandom random) {
        double draw = random.nextDouble();
        return draw < MASKED ? mask : draw < RANDOM ? random.nextInt(firstWord, vocabulary) : token;
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
