package dev.lexstream.train;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a line into the words that BLEU counts, as the shared tasks' {@code mteval-v13a} script does: punctuation other
 * than the apostrophe stands alone, but for a period or comma between digits and a dash that no digit precedes.
 *
 * @see <a href="https://github.com/mjpost/sacrebleu">sacreBLEU, tokenizer 13a</a>
 */
final class Tokenizer13a {

    /** What Python's {@code str.split} takes for white space. */
    private static final Pattern SPACE = Pattern.compile("[\\s\\x1c-\\x1f\\x85\\p{Z}]+");

    /** All of ASCII's punctuation but the apostrophe, the comma, the period and the dash. */
    private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");

    private static final Pattern MARK_AFTER_OTHER = Pattern.compile("([^0-9])([.,])");
    private static final Pattern MARK_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    private Tokenizer13a() {}

    static List<String> words(String line) {
        String text = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
        text = text.replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        text = PUNCTUATION.matcher(" " + text + " ").replaceAll(" $1 ");
        text = MARK_AFTER_OTHER.matcher(text).replaceAll("$1 $2 ");
        text = MARK_BEFORE_OTHER.matcher(text).replaceAll(" $1 $2");
        text = DASH_AFTER_DIGIT.matcher(text).replaceAll("$1 $2 ");
        return Arrays.stream(SPACE.split(text)).filter(word -> !word.isEmpty()).toList();
    }

    static String withoutSpace(String line) {
        return SPACE.matcher(line).replaceAll("");
    }
}
