package dev.lexstream.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text into characters: each code point is a token, but letters of scripts with case stay together in runs such as
 * {@code you}, {@code Tube} or {@code BBC}, and so do digits. White space and invisible characters belong to none.
 */
public final class CharacterTokenizer implements Tokenizer {

    /**
     * A token, for Java and for the Oniguruma of Hugging Face's tokenizers alike. A capital begins a new run:
     * where words are written without spaces, it may begin a word.
     */
    static final String TOKEN = "\\p{Lu}?\\p{Ll}+|\\p{Lu}+(?!\\p{Ll})|\\p{Nd}+|[^\\s\\p{Z}\\p{Cc}\\p{Cf}]";

    private static final Pattern PATTERN = Pattern.compile(TOKEN);

    @Override
    public List<Span> tokenize(String text) {
        List<Span> tokens = new ArrayList<>();
        Matcher token = PATTERN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            // Most are ideographs, which are tokens by themselves; patterns are slow.
            if (Character.isIdeographic(character)) {
                int end = at + Character.charCount(character);
                tokens.add(new Span(at, end));
                at = end;
            } else if (token.find(at)) {
                tokens.add(new Span(token.start(), token.end()));
                at = token.end();
            } else {
                at = text.length();
            }
        }
        return tokens;
    }
}
