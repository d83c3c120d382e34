package dev.lexstream.nlp;

import java.util.Locale;

/** What kind of character a token of {@link CharacterTokenizer} begins with. */
enum CharacterClass {
    HAN,
    CAPITAL,
    LETTER,
    DIGIT,
    PUNCTUATION,
    SYMBOL,
    OTHER;

    private final String id = "<" + name().toLowerCase(Locale.ROOT) + ">";

    static CharacterClass of(String token) {
        int first = token.codePointAt(0);
        if (Character.isIdeographic(first)) {
            return HAN;
        }
        if (Character.isUpperCase(first)) {
            return CAPITAL;
        }
        if (Character.isLetter(first)) {
            return LETTER;
        }
        if (Character.isDigit(first)) {
            return DIGIT;
        }
        return switch (Character.getType(first)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> PUNCTUATION;
            case Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> SYMBOL;
            default -> OTHER;
        };
    }

    /** Its name in the n-gram vocabulary, which no pair can have: a pair has a space. */
    String id() {
        return id;
    }
}
