package dev.lexstream.nlp;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into sentences, and sentences that are too long into pieces: at clause marks where there are some, then at
 * spaces, then anywhere. Nothing but white space is lost. Takes time in proportion to the text. Immutable.
 *
 * @see SentenceReader
 */
final class SentenceSplitter {

    private static final String CLAUSE_MARKS = ",;:，；：、";

    private final int longest;

    /** @param longest code points of a piece, at least 1 */
    SentenceSplitter(int longest) {
        this.longest = longest;
    }

    /** The sentences in order, none blank. */
    List<String> split(String text) {
        List<String> sentences = new ArrayList<>();
        for (Span sentence : new SentenceReader(text).read()) {
            pieces(SentenceMarks.strip(sentence.of(text)), sentences);
        }
        return sentences;
    }

    private void pieces(String sentence, List<String> pieces) {
        int begin = 0;
        int limit = limit(sentence, begin);
        while (limit < sentence.length()) {
            int cut = cut(sentence, begin, limit);
            add(sentence.substring(begin, cut), pieces);
            begin = cut;
            while (begin < sentence.length() && Character.isWhitespace(sentence.charAt(begin))) {
                begin++;
            }
            limit = limit(sentence, begin);
        }
        add(sentence.substring(begin), pieces);
    }

    /** Where the longest piece ends that begins here. */
    private int limit(String text, int begin) {
        int end = begin;
        for (int i = 0; i < longest && end < text.length(); i++) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private static void add(String piece, List<String> pieces) {
        String stripped = SentenceMarks.strip(piece);
        if (!stripped.isEmpty()) {
            pieces.add(stripped);
        }
    }

    /** Where to cut, at most {@code limit}: not in the first half, which would make many short pieces. */
    private static int cut(String text, int begin, int limit) {
        int half = begin + (limit - begin) / 2;
        for (int i = limit; i > half; i--) {
            if (CLAUSE_MARKS.indexOf(text.charAt(i - 1)) >= 0 && !isInNumber(text, i - 1)) {
                return i;
            }
        }
        for (int i = limit; i > half; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return limit;
    }

    private static boolean isInNumber(String text, int mark) {
        return mark > 0
                && mark + 1 < text.length()
                && Character.isDigit(text.charAt(mark - 1))
                && Character.isDigit(text.charAt(mark + 1));
    }
}
