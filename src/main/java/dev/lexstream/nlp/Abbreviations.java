package dev.lexstream.nlp;

import java.util.Locale;
import java.util.Set;

/** Which full stops belong to an abbreviation, by the words before and after them. */
final class Abbreviations {

    private static final int LONGEST = 12;

    /** Something always follows these. */
    private static final Set<String> LEADING = Set.of(
            "mr", "mrs", "ms", "mx", "messrs", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "cmdr", "maj", "rev",
            "hon", "gov", "sen", "rep", "pres", "mme", "mlle", "vs", "cf", "viz", "approx", "e.g", "i.e", "eg", "ie");

    /** Abbreviations before a number, and words before anything else. */
    private static final Set<String> BEFORE_NUMBERS = Set.of(
            "no", "nos", "fig", "figs", "p", "pp", "art", "sec", "ch", "vol", "ed", "para", "op", "eq", "tel", "ext");

    /** These end a sentence only where the next word is one that sentences begin with. */
    private static final Set<String> ANYWHERE = Set.of(
            "st", "jr", "sr", "etc", "inc", "ltd", "co", "corp", "bros", "dept", "est", "ave", "blvd", "rd", "mt", "ft",
            "al", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue",
            "tues", "wed", "thu", "thur", "thurs", "fri", "ph.d", "u.s.a");

    private static final Set<String> STARTERS = Set.of(
            "the", "a", "an", "this", "that", "these", "those", "he", "she", "it", "we", "they", "you", "i", "my",
            "his", "her", "its", "our", "their", "there", "here", "but", "and", "so", "in", "on", "at", "if", "when",
            "what", "who", "how", "why", "where", "then", "however", "no", "yes", "please", "as", "for", "after",
            "before");

    private Abbreviations() {}

    /**
     * Whether the full stop at {@code stop} is an abbreviation's and not the end of a sentence too.
     *
     * @param next where the text goes on, after white space
     */
    static boolean isOne(String text, int stop, int next) {
        String word = wordBefore(text, stop);
        if (word.isEmpty()) {
            return false;
        }
        if (LEADING.contains(word)) {
            return true;
        }
        if (BEFORE_NUMBERS.contains(word)) {
            return Character.isDigit(text.charAt(next));
        }
        return (ANYWHERE.contains(word) || isInitials(word)) && !STARTERS.contains(wordAt(text, next));
    }

    /** Single letters with stops between them; {@code I} is a word. */
    private static boolean isInitials(String word) {
        for (int i = 1; i < word.length(); i += 2) {
            if (word.charAt(i) != '.') {
                return false;
            }
        }
        return word.length() % 2 == 1 && !word.equals("i");
    }

    /** Letters and stops before an index; empty when they are too many for an abbreviation. */
    private static String wordBefore(String text, int end) {
        int begin = end;
        while (begin > 0 && end - begin <= LONGEST && isPart(text.charAt(begin - 1))) {
            begin--;
        }
        return end - begin > LONGEST ? "" : fold(text, begin, end);
    }

    private static String wordAt(String text, int begin) {
        int end = begin;
        while (end < text.length() && end - begin <= LONGEST && isLetter(text.charAt(end))) {
            end++;
        }
        return fold(text, begin, end);
    }

    private static boolean isPart(char c) {
        return isLetter(c) || c == '.' || c == '．';
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) && !SentenceMarks.isUnspaced(c);
    }

    /** Lower case, wide forms as ASCII. */
    private static String fold(String text, int begin, int end) {
        StringBuilder folded = new StringBuilder(end - begin);
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            folded.append(c >= '！' && c <= '～' ? (char) (c - '！' + '!') : c);
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }
}
