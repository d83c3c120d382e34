package dev.lexstream.train;

import dev.lexstream.nlp.NormalForm;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The words whose pieces a WordPiece vocabulary holds: lower case, without accents, cut at white space, with punctuation
 * and Chinese characters alone. What Hugging Face's {@code BertNormalizer} and {@code BertPreTokenizer} do.
 */
final class BertWords {

    private BertWords() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        NormalForm.of(text, Normalizer.Form.NFD)
                .codePoints()
                .map(Character::toLowerCase)
                .forEach(c -> {
                    boolean alone = Character.isIdeographic(c) || isPunctuation(c);
                    if (alone || isBlank(c)) {
                        flush(word, words);
                    }
                    if (alone) {
                        words.add(Character.toString(c));
                    } else if (isVisible(c)) {
                        word.appendCodePoint(c);
                    }
                });
        flush(word, words);
        return words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    private static boolean isVisible(int c) {
        return !isBlank(c)
                && switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK,
                            Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.UNASSIGNED,
                            Character.PRIVATE_USE -> false;
                    default -> c != 0xFFFD;
                };
    }

    private static boolean isPunctuation(int c) {
        boolean symbol = c < 0x80 && c > ' ' && !Character.isLetterOrDigit(c);
        return symbol
                || switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }
}
