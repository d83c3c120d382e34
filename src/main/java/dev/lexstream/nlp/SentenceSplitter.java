package dev.lexstream.nlp;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into sentences, and sentences that are too long into pieces: at clause marks where there are some, then at
 * spaces, then anywhere. Nothing but white space is lost. Threading: immutable.
 */
final class SentenceSplitter {

    private static final String CLAUSE_MARKS = ",;:，；：、";

    private final Locale locale;
    private final int longest;

    /**
     * @param language BCP 47 code, for the rules of sentences
     * @param longest code points of a piece, at least 1
     */
    SentenceSplitter(String language, int longest) {
        this.locale = Locale.forLanguageTag(language);
        this.longest = longest;
    }

    /** The sentences in order, none blank. */
    List<String> split(String text) {
        List<String> sentences = new ArrayList<>();
        BreakIterator iterator = BreakIterator.getSentenceInstance(locale);
        iterator.setText(text);
        int begin = iterator.first();
        for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
            pieces(text.substring(begin, end).strip(), sentences);
            begin = end;
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

    /** Where a piece that begins here must end at the latest. */
    private int limit(String text, int begin) {
        int limit = begin;
        for (int points = 0; points < longest && limit < text.length(); points++) {
            limit += Character.charCount(text.codePointAt(limit));
        }
        return limit;
    }

    private static void add(String piece, List<String> pieces) {
        if (!piece.isBlank()) {
            pieces.add(piece.strip());
        }
    }

    /** Where to cut, at most {@code limit}: not in the first half, which would make many short pieces. */
    private static int cut(String text, int begin, int limit) {
        int half = begin + (limit - begin) / 2;
        for (int i = limit; i > half; i--) {
            if (CLAUSE_MARKS.indexOf(text.charAt(i - 1)) >= 0) {
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
}
