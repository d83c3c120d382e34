package dev.lexstream.nlp;

import java.util.List;

/**
 * The windows over one text as rows of token ids.
 *
 * @param rows at least one; each begins with {@code [CLS]} and ends with {@code [SEP]}
 * @param coverage tokens of the text that are in some row
 */
public record ClassifierInput(List<int[]> rows, Coverage coverage) implements Prepared {

    private static final int SPECIAL_TOKENS = 2;

    public ClassifierInput {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows must not be empty");
        }
    }

    /** Tokens of all rows, each padded to the longest: never less than this text's part of its batch. */
    @Override
    public int length() {
        return rows.size() * rows.get(0).length;
    }

    /** Tokens of the text in a row. */
    int weight(int row) {
        return rows.get(row).length - SPECIAL_TOKENS;
    }
}
