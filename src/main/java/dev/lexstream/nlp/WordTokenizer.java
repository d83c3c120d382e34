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
public final class WordTokenizer {

    private static final String URL = "(?:https?://|www\\.)[^\\s<>\"]*[^\\s<>\"'.,;:!?)\\]}]";
    private static final String EMAIL = "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+";
    private static final String DOMAIN =
            "\\w[\\w-]*(?:\\.[\\w-]+)*\\.(?:com|org|net|edu|gov|info|io)\\b(?:/[^\\s<>\"]*[\\w/])?";
    private static final String TAG = "[#@][\\p{L}\\p{N}_]+";
    private static final String EMOTICON = "(?<![\\p{L}\\p{N}])[:;=8][-o*']?[)\\](\\[dDpP/\\\\|](?![\\p{L}\\p{N}])|<3";
    private static final String NUMBER =
            "\\p{N}++(?:[.,:/]\\p{N}++)*+(?:(?:st|nd|rd|th|s)(?!\\p{L}))?(?!\\p{Lu}|\\p{L}*\\p{N})";
    private static final String INITIALS = "(?:\\p{L}\\.){2,}";
    private static final String TITLE =
            "(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|Inc|Ltd|Co|Corp|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
                    + "Sep|Sept|Oct|Nov|Dec|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Rev|approx|e\\.g|i\\.e|a\\.m|p\\.m)\\.";
    private static final String WORD = "[\\p{L}\\p{N}\\p{M}_]+(?:['\u2019][\\p{L}\\p{N}\\p{M}]+)*";
    private static final String REPEATED = "([.\\-!?*=~_\u2026#+])\\1+";
    private static final String GRAPHEME = "\\X";

    private static final Pattern TOKEN = Pattern.compile(
            String.join("|", URL, EMAIL, DOMAIN, TAG, EMOTICON, NUMBER, INITIALS, TITLE, WORD, REPEATED, GRAPHEME));

    private static final Pattern CLITIC =
            Pattern.compile("(?i)(.+?)(n['\u2019]t|['\u2019](?:s|m|d|ll|re|ve))|(can)(not)|(gon|wan|got)(na|ta)");

    private static final Pattern INVISIBLE = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}]+");

    /** The tokens of a text, in order, not overlapping; none for a text without visible characters. */
    public List<Span> tokenize(String text) {
        List<Span> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (!INVISIBLE.matcher(token.group()).matches()) {
                split(text, token.start(), token.end(), tokens);
            }
        }
        return tokens;
    }

    private static void split(String text, int begin, int end, List<Span> tokens) {
        Matcher clitic = CLITIC.matcher(text).region(begin, end);
        if (!clitic.matches()) {
            tokens.add(new Span(begin, end));
            return;
        }
        int cut = begin;
        for (int group = 1; group <= clitic.groupCount(); group++) {
            if (clitic.start(group) > begin) {
                cut = clitic.start(group);
            }
        }
        tokens.add(new Span(begin, cut));
        tokens.add(new Span(cut, end));
    }
}
