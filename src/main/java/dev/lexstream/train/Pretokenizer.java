package dev.lexstream.train;

import dev.lexstream.nlp.NormalForm;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts text into the pieces within which subwords are learned, as the {@code tokenizer.json} of {@link TokenizerFile} does
 * before its subwords apply: at spaces, which stay as the mark {@code ▁} of the piece that follows, and around each digit
 * and each punctuation mark.
 *
 * @param spaced whether words are separated by spaces in this language; the first word is then marked as others are
 */
record Pretokenizer(boolean spaced) {

    /** What stands for a space. */
    static final char MARK = '▁';

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern PIECE =
            Pattern.compile("[\\p{N}]|[\\p{P}$+<=>^`|~]|" + MARK + "?[^\\p{N}\\p{P}$+<=>^`|~" + MARK + "]+|" + MARK);

    List<String> pieces(String text) {
        String normal = SPACES.matcher(NormalForm.of(text, Normalizer.Form.NFKC))
                .replaceAll(" ")
                .strip();
        Matcher matcher = PIECE.matcher((spaced ? " " : "").concat(normal).replace(' ', MARK));
        List<String> pieces = new ArrayList<>();
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        return pieces;
    }
}
