package dev.lexstream.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words of a run of characters without a blank: letters with their marks and apostrophes. Stretches of Latin letters
 * that are part of an address, a mention, a name of an emoji, a file or an identifier, or that have a digit among them,
 * are no words.
 */
final class WordsOfRun {

    private static final Pattern NO_WORDS = Pattern.compile(
            "://|^www[.]" // addresses
                    + "|[a-z0-9][.][a-z0-9]|[a-z0-9][_\\\\][a-z0-9]|(?<![\\w/.-])[\\w.-]++/[\\w.-]++/", // names, paths
            Pattern.CASE_INSENSITIVE);

    private static final Pattern REMOVED = Pattern.compile(":[\\w+-]{2,}+:|&#?\\w{1,10};");

    private WordsOfRun() {}

    static List<String> of(String run) {
        List<String> words = new ArrayList<>();
        int end;
        for (int start = 0; start < run.length(); start = end) {
            boolean solid = isSolid(run.codePointAt(start));
            end = start;
            while (end < run.length() && isSolid(run.codePointAt(end)) == solid) {
                end += Character.charCount(run.codePointAt(end));
            }
            String part = run.substring(start, end);
            if (solid) {
                split(part, words);
            } else {
                splitUnlessName(part, words);
            }
        }
        return words;
    }

    private static void splitUnlessName(String part, List<String> words) {
        if (part.chars().allMatch(Character::isLetter)) { // most runs, and quickly known
            words.add(part);
            return;
        }
        if (part.indexOf('@') >= 0 || hasDigitAfterLetter(part)) { // a mention or an address; MP3, UTF-8
            return;
        }
        boolean signs = part.indexOf(':') >= 0 || part.indexOf('&') >= 0;
        String plain = signs ? REMOVED.matcher(part).replaceAll(" ") : part;
        if (!NO_WORDS.matcher(fromFirstLetter(plain)).find()) {
            split(plain, words);
        }
    }

    /** Of a script that has no blanks between words: addresses and digits may stand right beside it. */
    private static boolean isSolid(int codePoint) {
        return codePoint >= 0x2E80 // Chinese, Japanese, Korean
                || (codePoint >= 0x0E00 && codePoint < 0x10A0) // Thai, Lao, Tibetan, Burmese
                || (codePoint >= 0x1780 && codePoint < 0x1800); // Khmer
    }

    private static boolean hasDigitAfterLetter(String part) {
        boolean letter = false;
        for (int i = 0; i < part.length(); i++) {
            char unit = part.charAt(i);
            if (letter && unit >= '0' && unit <= '9') {
                return true;
            }
            letter |= Character.isLetter(unit);
        }
        return false;
    }

    /** Numbers and punctuation in front of a word are not part of a name. */
    private static String fromFirstLetter(String part) {
        int start = 0;
        while (start < part.length() && !Character.isLetter(part.codePointAt(start))) {
            start += Character.charCount(part.codePointAt(start));
        }
        return part.substring(start);
    }

    private static void split(String part, List<String> words) {
        StringBuilder word = new StringBuilder();
        int codePoint;
        for (int i = 0; i < part.length(); i += Character.charCount(codePoint)) {
            codePoint = part.codePointAt(i);
            if (Character.isLetter(codePoint) || (!word.isEmpty() && isWithinWord(codePoint))) {
                word.appendCodePoint(codePoint);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
    }

    private static boolean isWithinWord(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> codePoint == '\'' || codePoint == 0x2019;
        };
    }
}
