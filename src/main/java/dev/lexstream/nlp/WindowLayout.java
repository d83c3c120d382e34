package dev.lexstream.nlp;

import java.util.ArrayList;
import java.util.List;

/** Lays the tokens of one or two texts out in rows of a largest length. */
final class WindowLayout {

    private static final Span NOWHERE = new Span(0, 0);

    private final BertTokenizer tokenizer;
    private final EncodingOptions options;

    WindowLayout(BertTokenizer tokenizer, EncodingOptions options) {
        this.tokenizer = tokenizer;
        this.options = options;
    }

    /** @param second null for a single text */
    BertEncoding rows(WordPieces first, WordPieces second) {
        int secondCount = second == null ? 0 : second.count();
        int[] kept = kept(first.count(), second == null ? -1 : secondCount);
        List<Span> firstWindows = windows(first.count(), kept[0]);
        List<Span> secondWindows = windows(secondCount, kept[1]);
        int rows = Math.max(firstWindows.size(), secondWindows.size());
        List<BertEncoding> overflowing = new ArrayList<>(rows - 1);
        for (int i = 1; i < rows; i++) {
            overflowing.add(row(first, at(firstWindows, i), second, at(secondWindows, i), List.of()));
        }
        return row(first, at(firstWindows, 0), second, at(secondWindows, 0), overflowing);
    }

    /** Tokens of each text that fit into one row. {@code second} is -1 for a single text. */
    private int[] kept(int first, int second) {
        int special = !options.addSpecialTokens() ? 0 : second < 0 ? 2 : 3;
        int both = first + Math.max(0, second);
        int excess = both + special - options.maxLength();
        if (excess <= 0 || options.truncation() == Truncation.DO_NOT_TRUNCATE) {
            return new int[] {first, Math.max(0, second)};
        }
        int room = options.maxLength() - special;
        if (second < 0 && options.truncation() != Truncation.ONLY_SECOND) {
            return new int[] {atLeastOne("text", room), 0};
        }
        return switch (options.truncation()) {
            case ONLY_FIRST -> new int[] {atLeastOne("text", first - excess), second};
            case ONLY_SECOND -> new int[] {first, atLeastOne("second text", Math.max(0, second) - excess)};
            default -> longestFirst(first, second, room);
        };
    }

    /** The longer one is cut until both are as long, then both in turn, the second before the first. */
    private int[] longestFirst(int first, int second, int room) {
        int half = room / 2;
        if (first <= half) {
            return new int[] {first, first == room ? 0 : atLeastOne("second text", room - first)};
        }
        if (second <= half) {
            return new int[] {atLeastOne("text", room - second), second};
        }
        return new int[] {atLeastOne("text", room - half), atLeastOne("second text", half)};
    }

    private int atLeastOne(String which, int tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException("maxLength " + options.maxLength() + " with truncation "
                    + options.truncation() + " leaves no room for a token of the " + which);
        }
        return tokens;
    }

    private List<Span> windows(int count, int size) {
        if (count <= size) {
            return List.of(new Span(0, count));
        }
        int step = size - options.stride();
        if (step < 1) {
            throw new IllegalArgumentException(
                    "stride must be less than the " + size + " tokens of a window, found " + options.stride());
        }
        List<Span> windows = new ArrayList<>();
        int begin = 0;
        while (begin + size < count) {
            windows.add(new Span(begin, begin + size));
            begin += step;
        }
        windows.add(new Span(begin, count));
        return windows;
    }

    private static Span at(List<Span> windows, int i) {
        return windows.get(Math.min(i, windows.size() - 1));
    }

    private BertEncoding row(
            WordPieces first, Span window, WordPieces second, Span secondWindow, List<BertEncoding> overflowing) {
        boolean special = options.addSpecialTokens();
        int texts = window.end() - window.begin() + (second == null ? 0 : secondWindow.end() - secondWindow.begin());
        int tokens = texts + (!special ? 0 : second == null ? 2 : 3);
        int length = options.padToMaxLength() ? Math.max(tokens, options.maxLength()) : tokens;
        Row row = new Row(length, options.returnOffsets());
        if (special) {
            row.special(tokenizer.id("[CLS]"), 0, 1);
        }
        row.text(first, window, 0);
        if (special) {
            row.special(tokenizer.id("[SEP]"), 0, 1);
        }
        if (second != null) {
            row.text(second, secondWindow, 1);
            if (special) {
                row.special(tokenizer.id("[SEP]"), 1, 1);
            }
        }
        while (row.at < row.ids.length) {
            row.special(tokenizer.id("[PAD]"), 0, 0);
        }
        return new BertEncoding(row.ids, row.types, row.mask, row.special, row.offsets, overflowing);
    }

    /** A row being filled from left to right. */
    private static final class Row {

        private final int[] ids;
        private final int[] types;
        private final int[] mask;
        private final int[] special;
        private final List<Span> offsets;
        private final boolean withOffsets;
        private int at;

        Row(int length, boolean withOffsets) {
            this.withOffsets = withOffsets;
            ids = new int[length];
            types = new int[length];
            mask = new int[length];
            special = new int[length];
            offsets = new ArrayList<>(length);
        }

        void text(WordPieces pieces, Span window, int type) {
            for (int i = window.begin(); i < window.end(); i++) {
                add(pieces.ids()[i], type, 1, 0, withOffsets ? pieces.offsets().get(i) : NOWHERE);
            }
        }

        void special(int id, int type, int attention) {
            add(id, type, attention, 1, NOWHERE);
        }

        private void add(int id, int type, int attention, int isSpecial, Span offset) {
            ids[at] = id;
            types[at] = type;
            mask[at] = attention;
            special[at] = isSpecial;
            if (withOffsets) {
                offsets.add(offset);
            }
            at++;
        }
    }
}
