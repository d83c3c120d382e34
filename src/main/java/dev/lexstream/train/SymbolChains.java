package dev.lexstream.train;

import java.util.Arrays;
import java.util.List;

/** Words as chains of symbols, in which two neighbours become one without the others being moved. Not thread-safe. */
final class SymbolChains {

    private static final int NONE = -1;
    private static final int FEWEST = 1024;

    private int[] symbols = new int[FEWEST];
    private int[] previous = new int[FEWEST];
    private int[] next = new int[FEWEST];
    private long[] counts = new long[FEWEST];
    private int size;

    /**
     * Adds a word.
     *
     * @param count how often it occurs
     * @return the place of its first symbol; the others follow
     */
    int add(List<Integer> word, long count) {
        int begin = size;
        int end = Math.addExact(size, word.size());
        if (end > symbols.length) {
            int capacity = Math.max(end, (int) Math.min(2L * symbols.length, Integer.MAX_VALUE - 8L));
            symbols = Arrays.copyOf(symbols, capacity);
            previous = Arrays.copyOf(previous, capacity);
            next = Arrays.copyOf(next, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        for (int symbol : word) {
            symbols[size] = symbol;
            previous[size] = size == begin ? NONE : size - 1;
            next[size] = size + 1 == end ? NONE : size + 1;
            counts[size] = count;
            size++;
        }
        return begin;
    }

    /** Joins a symbol with the next one, whose place is then empty. */
    void join(int at, int symbol) {
        int gone = next[at];
        symbols[at] = symbol;
        symbols[gone] = NONE;
        next[at] = next[gone];
        next[gone] = NONE;
        if (next[at] != NONE) {
            previous[next[at]] = at;
        }
    }

    /** The symbol at a place, negative when the place is empty. */
    int symbol(int at) {
        return symbols[at];
    }

    /** The place before in the same word, negative when there is none. */
    int previous(int at) {
        return previous[at];
    }

    /** The place after in the same word, negative when there is none. */
    int next(int at) {
        return next[at];
    }

    /** How often the word of a place occurs. */
    long count(int at) {
        return counts[at];
    }
}
