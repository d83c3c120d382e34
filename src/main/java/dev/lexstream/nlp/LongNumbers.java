package dev.lexstream.nlp;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of four digits and more in a sentence and in its translation. A small model writes digit by digit and miscounts
 * them: {@code 10000} becomes {@code 100,000}. Where a translation has a number that the sentence has not, and begins as one
 * that it lacks, that one is put in its place.
 */
final class LongNumbers {

    /** Fewer are written right, or differently on purpose: hours, months, half of a dozen. */
    private static final int LEAST_DIGITS = 4;

    /** Fewer in a translation are no miscounted long number. */
    private static final int LEAST_WRITTEN = 3;

    private static final int GROUP = 3;

    /** After a number: it is multiplied, and its translation has other digits. */
    private static final String MULTIPLIERS = "十百千万亿萬億";

    private LongNumbers() {}

    /** A number as it is written, and its digits. */
    private record Written(int begin, int end, String digits) {

        boolean isLong() {
            return digits.length() >= LEAST_DIGITS;
        }

        boolean beginsAs(Written other) {
            return digits.length() >= LEAST_WRITTEN && digits.charAt(0) == other.digits.charAt(0);
        }
    }

    /**
     * A translation with the sentence's long numbers. Of numbers that begin alike none is touched, since nobody knows which is
     * which.
     *
     * @param sentence in the source language
     * @param translation in any language that writes numbers with these digits
     */
    static String copied(String sentence, String translation) {
        List<Written> wanted = numbers(sentence);
        if (wanted.stream().noneMatch(Written::isLong)) {
            return translation;
        }
        List<Written> written = numbers(translation);
        List<Written> strange = new ArrayList<>(written);
        List<Written> missing = new ArrayList<>();
        for (Written number : wanted) {
            if (!strange.removeIf(other -> other.digits().equals(number.digits()))
                    && number.isLong()
                    && !isMultiplied(sentence, number)) {
                missing.add(number);
            }
        }
        StringBuilder copied = new StringBuilder();
        int at = 0;
        for (Written number : strange) {
            List<Written> meant = missing.stream().filter(number::beginsAs).toList();
            boolean alone = wanted.stream().filter(number::beginsAs).count() == 1
                    && strange.stream().filter(number::beginsAs).count() == 1;
            if (meant.size() == 1 && alone) {
                copied.append(translation, at, number.begin()).append(grouped(meant.get(0), translation, number));
                at = number.end();
            }
        }
        return copied.append(translation, at, translation.length()).toString();
    }

    private static boolean isMultiplied(String sentence, Written number) {
        return number.end() < sentence.length() && MULTIPLIERS.indexOf(sentence.charAt(number.end())) >= 0;
    }

    /** Grouped as the translation does it, and where there are so many digits that it is usual. */
    private static String grouped(Written number, String translation, Written written) {
        String digits = number.digits();
        boolean groups = translation.substring(written.begin(), written.end()).indexOf(',') >= 0
                || digits.length() > LEAST_DIGITS;
        if (!groups || digits.startsWith("0")) {
            return digits;
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int i = digits.length() - GROUP; i > 0; i -= GROUP) {
            grouped.insert(i, ',');
        }
        return grouped.toString();
    }

    /** Whole numbers, with commas between digits; not what has a decimal point. */
    private static List<Written> numbers(String text) {
        List<Written> numbers = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (!Character.isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            int begin = at;
            StringBuilder digits = new StringBuilder();
            boolean whole = true;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || isBetweenDigits(text, at))) {
                char c = text.charAt(at);
                if (Character.isDigit(c)) {
                    digits.append(Character.digit(c, 10));
                } else if (c != ',' && c != '，') {
                    whole = false;
                }
                at++;
            }
            if (whole) {
                numbers.add(new Written(begin, at, digits.toString()));
            }
        }
        return numbers;
    }

    private static boolean isBetweenDigits(String text, int at) {
        return ",，.．:/-".indexOf(text.charAt(at)) >= 0
                && at > 0
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at - 1))
                && Character.isDigit(text.charAt(at + 1));
    }
}
