package dev.lexstream.nlp;

import dev.lexstream.nlp.SentenceMarks.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the sentences of a text: at line breaks and list items, after the marks that sentences end with, not within numbers,
 * abbreviations and addresses. Closing quotes and brackets stay with their sentence, and so do marks without anything
 * else. Reads the text once, from left to right; serves one text.
 */
final class SentenceReader {

    /** Chars of a list item's number at most. */
    private static final int LONGEST_NUMBER = 4;

    private static final String CHINESE_NUMERALS = "一二三四五六七八九十";
    private static final String ELLIPSIS_DOTS = "·・";
    private static final List<String> ADDRESSES = List.of("http://", "https://", "ftp://", "www.");
    private static final String AFTER_ADDRESS = ".,!?;:')]}";

    private final String text;
    private final List<Span> sentences = new ArrayList<>();
    private int at;
    private int begin;
    /** Where the first character of the sentence is that is no white space; -1 before it is read. */
    private int first = -1;

    private int line;
    private boolean content;
    private boolean quoted;

    SentenceReader(String text) {
        this.text = text;
    }

    /** The sentences in order, with the white space around them; they cover the text. */
    List<Span> read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            Kind kind = markAt(at);
            if (first < 0 && !Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                first = at;
            }
            if (SentenceMarks.isLineBreak(c)) {
                at += text.startsWith("\r\n", at) ? 2 : 1;
                end(at);
                line = at;
                quoted = false;
            } else if (kind != Kind.NONE) {
                mark(kind);
            } else if (isAddress()) {
                address();
            } else {
                other(c);
            }
        }
        end(text.length());
        return sentences;
    }

    private void other(char c) {
        if (SentenceMarks.isBullet(c) && content && SentenceMarks.isSpace(text.charAt(at - 1))) {
            end(at);
        }
        quoted ^= SentenceMarks.isStraightQuote(c);
        int codePoint = text.codePointAt(at);
        content |= SentenceMarks.isContent(codePoint);
        at += Character.charCount(codePoint);
    }

    /** Ends the sentence, and begins the next. */
    private void end(int end) {
        if (end > begin) {
            sentences.add(new Span(begin, end));
        }
        begin = end;
        first = -1;
        content = false;
    }

    private Kind markAt(int index) {
        char c = text.charAt(index);
        if (ELLIPSIS_DOTS.indexOf(c) >= 0) {
            boolean three = index + 2 < text.length() && text.charAt(index + 1) == c && text.charAt(index + 2) == c;
            return three ? Kind.ELLIPSIS : Kind.NONE;
        }
        return SentenceMarks.kind(c);
    }

    /** A run of marks and what closes after it; the sentence ends there, or goes on. */
    private void mark(Kind first) {
        int run = at;
        Kind kind = first;
        while (run < text.length() && isMark(run, first)) {
            kind = stronger(kind, SentenceMarks.kind(text.charAt(run)));
            run++;
        }
        if (kind == Kind.STOP && run - at > 1) {
            kind = Kind.ELLIPSIS;
        }
        int closed = closed(run);
        int next = closed;
        while (next < text.length() && SentenceMarks.isSpace(text.charAt(next))) {
            next++;
        }
        boolean last = next == text.length() || SentenceMarks.isLineBreak(text.charAt(next));
        boolean ends = last || (!SentenceMarks.isContinuing(text.charAt(next)) && endsAt(kind, run, closed, next));
        at = closed;
        if (!ends) {
            return;
        }
        if (content) {
            end(closed);
        } else if (!sentences.isEmpty() && begin > line) {
            Span before = sentences.remove(sentences.size() - 1);
            sentences.add(new Span(before.begin(), closed));
            begin = closed;
        }
    }

    private boolean isMark(int index, Kind first) {
        boolean dot = first == Kind.ELLIPSIS && ELLIPSIS_DOTS.indexOf(text.charAt(index)) >= 0;
        return dot || SentenceMarks.kind(text.charAt(index)) != Kind.NONE;
    }

    private static Kind stronger(Kind one, Kind other) {
        if (one == Kind.FULL || other == Kind.FULL) {
            return Kind.FULL;
        }
        if (one == Kind.ASCII || other == Kind.ASCII) {
            return Kind.ASCII;
        }
        return one == Kind.ELLIPSIS || other == Kind.ELLIPSIS ? Kind.ELLIPSIS : Kind.STOP;
    }

    /** The end of the closing quotes, brackets and further marks at an index. */
    private int closed(int index) {
        int end = index;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean apostrophe =
                    c == '\'' && (end + 1 == text.length() || Character.isWhitespace(text.charAt(end + 1)));
            if (SentenceMarks.isStraightQuote(c) && quoted) {
                quoted = false;
            } else if (!SentenceMarks.isClosing(c)
                    && !apostrophe
                    && (end == index || SentenceMarks.kind(c) == Kind.NONE)) {
                return end;
            }
            end++;
        }
        return end;
    }

    /**
     * Whether a mark within a line ends its sentence.
     *
     * @param run after the marks
     * @param closed after what closes behind them
     * @param next where the text goes on, after white space
     */
    private boolean endsAt(Kind kind, int run, int closed, int next) {
        char after = text.charAt(next);
        boolean spaced = next > closed;
        boolean lower = Character.isLowerCase(after);
        int before = before();
        boolean unspaced = SentenceMarks.isUnspaced(before) || SentenceMarks.isUnspaced(text.codePointAt(next));
        return switch (kind) {
            case FULL -> true;
            case ASCII -> spaced ? !(lower && closed > run) : unspaced;
            case ELLIPSIS -> unspaced || (spaced && !lower);
            case STOP -> stopEnds(before, next, spaced);
            case NONE -> false;
        };
    }

    private boolean stopEnds(int before, int next, boolean spaced) {
        char after = text.charAt(next);
        if (isItemNumber() || Abbreviations.isOne(text, at, next)) {
            return false;
        }
        if (spaced) {
            return !Character.isLowerCase(after) || SentenceMarks.isUnspaced(before);
        }
        if (Character.isDigit(before)) {
            return SentenceMarks.isUnspaced(text.codePointAt(next)) && SentenceMarks.isUnspaced(beforeDigits());
        }
        if (SentenceMarks.isUnspaced(before)) {
            return text.charAt(at) != '.' || !(Character.isLowerCase(after) || Character.isDigit(after));
        }
        return SentenceMarks.isUnspaced(text.codePointAt(next));
    }

    /** The last character before the mark that is no closing quote or bracket; 0 when there is none. */
    private int before() {
        int index = at;
        while (index > begin && SentenceMarks.isClosing(text.charAt(index - 1))) {
            index--;
        }
        return index > begin ? text.codePointBefore(index) : 0;
    }

    /** What comes before the digits that the mark follows; 0 when nothing does. */
    private int beforeDigits() {
        int index = at;
        while (index > begin && Character.isDigit(text.charAt(index - 1))) {
            index--;
        }
        return index > begin ? text.codePointBefore(index) : 0;
    }

    /** Whether all of the line before the mark is the number or letter of a list item. */
    private boolean isItemNumber() {
        int from = first;
        if (begin > line || from == at || at - from > LONGEST_NUMBER) {
            return false;
        }
        boolean digits = true;
        boolean chinese = true;
        for (int i = from; i < at; i++) {
            digits &= Character.isDigit(text.charAt(i));
            chinese &= CHINESE_NUMERALS.indexOf(text.charAt(i)) >= 0;
        }
        return digits || chinese || isRomanOrLetter(from);
    }

    private boolean isRomanOrLetter(int from) {
        boolean roman = true;
        for (int i = from; i < at; i++) {
            roman &= "IVXivx".indexOf(text.charAt(i)) >= 0;
        }
        char only = text.charAt(from);
        return roman || (at - from == 1 && Character.isLetter(only) && !SentenceMarks.isUnspaced(only));
    }

    private boolean isAddress() {
        char c = text.charAt(at);
        if (c != 'h' && c != 'w' && c != 'f' && c != 'H' && c != 'W' && c != 'F') {
            return false;
        }
        return ADDRESSES.stream().anyMatch(start -> text.regionMatches(true, at, start, 0, start.length()));
    }

    /** Passes over an address: ASCII without spaces, quotes and the marks at its end. */
    private void address() {
        int end = at;
        while (end < text.length()
                && text.charAt(end) > ' '
                && text.charAt(end) <= '~'
                && "<>\"".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > at + 1 && AFTER_ADDRESS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        content = true;
        at = end;
    }
}
