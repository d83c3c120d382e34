package dev.lexstream.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text into words the way English treebanks do: punctuation stands alone, clitics are split off
 * ({@code do|n't}, {@code they|'re}), addresses, numbers, abbreviations and emoji stay whole. Every character that is
 * neither white space nor invisible belongs to exactly one token. Follows the guidelines of the English Web Treebank.
 */
public final class WordTokenizer implements Tokenizer {

    // Every repetition is bounded or possessive, and what may fail at the end of a long run is tried once for the run:
    // a
    // hostile text must not cost more than its length, in time or in stack.
    private static final String URL = "(?:https?://|www\\.)[^\\s<>\"]{0,2000}[^\\s<>\"'.,;:!?)\\]}]";
    private static final String EMAIL = "[\\w.+-]{1,64}+@[\\w-]{1,63}+(?:\\.[\\w-]{1,63}+){1,8}+";
    private static final String DOMAIN =
            "\\w[\\w-]{0,62}+(?:\\.[\\w-]{1,63}+){0,4}\\.(?:com|org|net|edu|gov|info|io)\\b(?:/[^\\s<>\"]{0,2000}[\\w/])?";
    private static final String TAG = "[#@][\\p{L}\\p{N}_]++";
    private static final String EMOTICON = "(?<![\\p{L}\\p{N}])[:;=8][-o*']?[)\\](\\[dDpP/\\\\|](?![\\p{L}\\p{N}])|<3";
    private static final String INITIALS = "(?:\\p{L}\\.){2,}+";
    private static final String TITLE =
            "(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|Inc|Ltd|Co|Corp|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
                    + "Sep|Sept|Oct|Nov|Dec|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Rev|approx|e\\.g|i\\.e|a\\.m|p\\.m)\\.";
    private static final String WORD = "[\\p{L}\\p{N}\\p{M}_]++(?:['\u2019][\\p{L}\\p{N}\\p{M}]++)*+";
    private static final String REPEATED = "([.\\-!?*=~_\u2026#+])\\1++";
    private static final String GRAPHEME = "\\X";

    /** What is tried before a number. */
    private static final Pattern ADDRESS = Pattern.compile(String.join("|", URL, EMAIL, DOMAIN, TAG, EMOTICON));

    /** What a number may be, wherever in it one looks. */
    private static final Pattern DIGITS = Pattern.compile("\\p{N}++(?:[.,:/]\\p{N}++)*+");

    /** Behind the digits of a number: an ordinal's ending, and nothing that makes a name of it. */
    private static final Pattern AFTER_DIGITS =
            Pattern.compile("(?:(?:st|nd|rd|th|s)(?!\\p{L}))?(?!\\p{Lu}|\\p{L}{0,32}+\\p{N})");

    /** What is tried after a number; some of it matches anywhere. */
    private static final Pattern OTHER = Pattern.compile(String.join("|", INITIALS, TITLE, WORD, REPEATED, GRAPHEME));

    private static final Pattern CLITIC =
            Pattern.compile("(?i)(.+?)(n['\u2019]t|['\u2019](?:s|m|d|ll|re|ve))|(can)(not)|(gon|wan|got)(na|ta)");

    private static final Pattern INVISIBLE = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}]+");

    private static final char FIRST_COMBINING = '\u0300';

    private static final List<String> FUSED = List.of("cannot", "gonna", "gotta", "wanna");

    @Override
    public List<Span> tokenize(String text) {
        List<Span> tokens = new ArrayList<>();
        Scan scan = new Scan(text);
        int at = 0;
        while (at < text.length()) {
            int end = plainWord(text, at);
            boolean visible = end > at;
            if (isPlainSpace(text, at)) {
                end = at + 1;
            } else if (!visible) {
                end = scan.end(at);
                visible = !INVISIBLE.matcher(text).region(at, end).matches();
            }
            if (visible) {
                split(text, at, end, tokens);
            }
            at = end;
        }
        return tokens;
    }

    /** The patterns on their way through one text. */
    private static final class Scan {

        private final String text;
        private final Matcher address;
        private final Matcher digits;
        private final Matcher afterDigits;
        private final Matcher other;

        /** Of the run of digits that was looked at last: where it ends, and the number, or -1 when it is none. */
        private int runEnd;

        private int numberEnd = -1;

        Scan(String text) {
            this.text = text;
            this.address = matcher(ADDRESS);
            this.digits = matcher(DIGITS);
            this.afterDigits = matcher(AFTER_DIGITS);
            this.other = matcher(OTHER);
        }

        private Matcher matcher(Pattern pattern) {
            return pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        }

        private boolean begins(Matcher matcher, int at) {
            return matcher.region(at, text.length()).lookingAt();
        }

        /** The end of what begins here. */
        int end(int at) {
            if (begins(address, at)) {
                return address.end();
            }
            if (at >= runEnd && begins(digits, at)) {
                runEnd = digits.end();
                numberEnd = begins(afterDigits, runEnd) ? afterDigits.end() : -1;
            }
            if (at < runEnd && numberEnd >= 0 && begins(digits, at)) {
                return numberEnd;
            }
            begins(other, at);
            return other.end();
        }
    }

    /**
     * The end of a run of letters before white space, a comma or the end of the text, which no pattern would cut
     * otherwise; {@code begin} when there is none. Most words are of this kind, and patterns are slow.
     */
    private static int plainWord(String text, int begin) {
        int end = begin;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        boolean bounded = end == text.length() || text.charAt(end) == ' ' || text.startsWith(", ", end);
        return bounded ? end : begin;
    }

    /** A space that stands for itself: nothing combines with it. Asked for often, so cheaper than the patterns. */
    private static boolean isPlainSpace(String text, int at) {
        return text.charAt(at) == ' ' && (at + 1 == text.length() || text.charAt(at + 1) < FIRST_COMBINING);
    }

    private static void split(String text, int begin, int end, List<Span> tokens) {
        int cut = isFused(text, begin, end) ? cut(text, begin, end) : begin;
        if (cut > begin) {
            tokens.add(new Span(begin, cut));
        }
        tokens.add(new Span(cut, end));
    }

    /** Where the last part of a fused word begins, or {@code begin}. */
    private static int cut(String text, int begin, int end) {
        Matcher clitic = CLITIC.matcher(text).region(begin, end);
        int cut = begin;
        if (clitic.matches()) {
            for (int group = 1; group <= clitic.groupCount(); group++) {
                cut = Math.max(cut, clitic.start(group));
            }
        }
        return cut;
    }

    /** Whether a word may be two tokens: asked for every word, so cheaper than the pattern. */
    private static boolean isFused(String text, int begin, int end) {
        for (String word : FUSED) {
            if (word.length() == end - begin && text.regionMatches(true, begin, word, 0, end - begin)) {
                return true;
            }
        }
        for (int i = begin; i < end; i++) {
            if (text.charAt(i) == '\'' || text.charAt(i) == '\u2019') {
                return true;
            }
        }
        return false;
    }
}
