package dev.lexstream.nlp;

import java.util.List;

/**
 * The windows over one text, or the row of a pair of texts, each of token ids.
 *
 * @param windows at least one; each begins with {@code [CLS]} and ends with {@code [SEP]}
 * @param second where the second text of a pair begins in the only row; 0 for a single text
 * @param coverage tokens of the texts that are in some window
 * @param known share of the tokens that the model knows, punctuation left out, 0 to 1
 */
public record ClassifierInput(List<int[]> windows, int second, Coverage coverage, double known) implements Prepared {

    private static final int SPECIAL_TOKENS = 2;

    public ClassifierInput {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("windows must not be empty");
        }
    }

    /** Of a single text. */
    public ClassifierInput(List<int[]> windows, Coverage coverage, double known) {
        this(windows, 0, coverage, known);
    }

    /** Where the second text of each row begins; the row's length where there is none. */
    List<Integer> seconds() {
        return windows.stream()
                .map(window -> second == 0 ? window.length : second)
                .toList();
    }

    /** The first window is the longest. */
    @Override
    public int length() {
        return windows.get(0).length;
    }

    /** One for each window. */
    @Override
    public int rows() {
        return windows.size();
    }

    @Override
    public int tokens() {
        return windows.stream().mapToInt(window -> window.length).sum();
    }

    /** Tokens of the text in a window. */
    int weight(int window) {
        return windows.get(window).length - SPECIAL_TOKENS;
    }
}
