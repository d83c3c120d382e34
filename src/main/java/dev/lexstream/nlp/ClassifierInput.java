package dev.lexstream.nlp;

import java.util.List;

/**
 * The windows over one text, each a row of token ids.
 *
 * @param windows at least one; each begins with {@code [CLS]} and ends with {@code [SEP]}
 * @param coverage tokens of the text that are in some window
 * @param known share of the tokens that the model knows, punctuation left out, 0 to 1
 */
public record ClassifierInput(List<int[]> windows, Coverage coverage, double known) implements Prepared {

    private static final int SPECIAL_TOKENS = 2;

    public ClassifierInput {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("windows must not be empty");
        }
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
