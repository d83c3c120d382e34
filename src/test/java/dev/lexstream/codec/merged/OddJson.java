package dev.lexstream.codec.merged;

import java.util.List;
import java.util.Random;

/** JSON objects at random in all the forms that JSON allows and writers seldom use. */
final class OddJson {
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1.0",
            "1.00",
            "1E400",
            "-1e-7",
            "123456789012345678901234567890",
            "0.1E+2",
            "\"\"");
    private static final List<String> LETTERS = List.of(
            "a",
            "ä",
            "🍵",
            "\\n",
            "\\/",
            "\\u0041",
            "\\ud83c\\udf75",
            "\\ud800",
            "\\\"",
            "\\\\",
            "}",
            "{",
            "]",
            ",",
            ":",
            "\uFFFD",
            "enrichment",
            "\u2028",
            "/*",
            "'",
            "\u007f");
    private static final List<String> BLANKS = List.of("", "", "", " ", "\n", "\r\n\t");

    private final Random random;

    OddJson(Random random) {
        this.random = random;
    }

    String object() {
        return (random.nextInt(5) == 0 ? "\uFEFF" : "") + blank() + object(4) + blank();
    }

    private String object(int depth) {
        var text = new StringBuilder("{").append(blank());
        for (var i = random.nextInt(5); i > 0; i--) {
            var isAtTop = depth == 4;
            text.append(isAtTop ? string("k") : string(""))
                    .append(blank())
                    .append(':')
                    .append(blank())
                    .append(value(depth - 1))
                    .append(blank())
                    .append(i > 1 ? "," + blank() : "");
        }
        return text.append('}').toString();
    }

    private String value(int depth) {
        var kind = random.nextInt(depth > 0 ? 4 : 2);
        if (kind == 0) {
            return SCALARS.get(random.nextInt(SCALARS.size()));
        } else if (kind == 1) {
            return string("");
        } else if (kind == 2) {
            return object(depth);
        }
        var text = new StringBuilder("[").append(blank());
        for (var i = random.nextInt(4); i > 0; i--) {
            text.append(value(depth - 1)).append(blank()).append(i > 1 ? "," + blank() : "");
        }
        return text.append(']').toString();
    }

    private String string(String prefix) {
        var text = new StringBuilder("\"").append(prefix);
        for (var i = random.nextInt(4); i > 0; i--) {
            text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return text.append('"').toString();
    }

    private String blank() {
        return BLANKS.get(random.nextInt(BLANKS.size()));
    }
}
