package dev.lexstream.nlp;

import java.text.Normalizer;

/**
 * Unicode's normal forms in linear time. The order of the marks on a letter is part of them, and {@link Normalizer} takes the
 * square of their number to find it: of more than {@value #MOST_MARKS} in a row, the next ones are taken apart, as Unicode's
 * stream-safe text format does with thirty.
 *
 * @see <a href="https://unicode.org/reports/tr15/#Stream_Safe_Text_Format">UAX 15</a>
 */
public final class NormalForm {

    private static final int MOST_MARKS = 64;

    private NormalForm() {}

    /** The normal form of a text. */
    public static String of(String text, Normalizer.Form form) {
        StringBuilder normal = null;
        int begin = 0;
        int marks = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            marks = isMark(point) ? marks + 1 : 0;
            if (marks > MOST_MARKS) {
                normal = normal == null ? new StringBuilder(text.length()) : normal;
                normal.append(Normalizer.normalize(text.substring(begin, at), form));
                begin = at;
                marks = 1;
            }
            at += Character.charCount(point);
        }
        String rest = Normalizer.normalize(begin == 0 ? text : text.substring(begin), form);
        return normal == null ? rest : normal.append(rest).toString();
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
