package dev.lexstream.nlp;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What of a text tells its language: its first words, in one normal form (NFKC, so that full-width letters are those of
 * ASCII), without what is the same in all languages: numbers, punctuation, invisible characters, addresses, mentions,
 * identifiers, code, markup, and acronyms among words in lower case.
 *
 * @param text the words, a blank between them; empty when the text has none
 * @param size how much they tell: different pairs of neighbouring letters, each word's beginning counting as one; about
 *     the number of letters of a short text, and hardly more for one that repeats itself
 */
record LanguageEvidence(String text, int size) {

    /** UTF-16 units of words after which no more is read: they tell the language as well as the whole text would. */
    private static final int ENOUGH = 150;

    /** UTF-16 units; what is longer without a blank is no word and is read in pieces. Thai and Chinese have no blanks. */
    private static final int LONGEST_RUN = ENOUGH;

    private static final int LONGEST_ACRONYM = 5;

    /** Reads a text up to where enough is found; in time linear in its length. */
    static LanguageEvidence of(String text) {
        List<String> words = new ArrayList<>();
        int found = 0;
        TextRuns runs = new TextRuns(text, LONGEST_RUN);
        for (String run = runs.next(); !run.isEmpty() && found < ENOUGH; run = runs.next()) {
            for (String word : WordsOfRun.of(run)) {
                words.add(word);
                found += word.length() + 1;
            }
        }
        String evidence = Normalizer.normalize(String.join(" ", withoutAcronyms(words)), Normalizer.Form.NFKC);
        return new LanguageEvidence(evidence, size(evidence.toLowerCase(Locale.ROOT)));
    }

    private static List<String> withoutAcronyms(List<String> words) {
        boolean lowerCase = words.stream().anyMatch(word -> word.codePoints().anyMatch(Character::isLowerCase));
        return lowerCase ? words.stream().filter(word -> !isAcronym(word)).toList() : words;
    }

    private static boolean isAcronym(String word) {
        return word.length() > 1
                && word.length() <= LONGEST_ACRONYM
                && word.codePoints().allMatch(Character::isUpperCase);
    }

    private static int size(String words) {
        Set<Long> pairs = new HashSet<>();
        int previous = ' ';
        int letter;
        for (int i = 0; i < words.length(); i += Character.charCount(letter)) {
            letter = words.codePointAt(i);
            if (Character.isLetter(letter)) {
                pairs.add(((long) previous << Integer.SIZE) | letter);
            }
            previous = letter;
        }
        return pairs.size();
    }
}
