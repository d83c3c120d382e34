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
        String rest = sentence;
        while (rest.codePointCount(0, rest.length()) > longest) {
            int cut = cut(rest, rest.offsetByCodePoints(0, longest));
            add(rest.substring(0, cut), pieces);
            rest = rest.substring(cut).strip();
        }
        add(rest, pieces);
    }

    private static void add(String piece, List<String> pieces) {
        if (!piece.isBlank()) {
            pieces.add(piece.strip());
        }
    }

    /** Where to cut, at most {@code limit}: not in the first half, which would make many short pieces. */
    private static int cut(String text, int limit) {
        for (int i = limit; i > limit / 2; i--) {
            if (CLAUSE_MARKS.indexOf(text.charAt(i - 1)) >= 0) {
                return i;
            }
        }
        for (int i = limit; i > limit / 2; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return limit;
    }
}
