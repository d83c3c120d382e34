package dev.lexstream.cli;

import dev.lexstream.nlp.AttentionMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Draws attention as SVG: a heat map for each sentence, source tokens across, target tokens down, darker where the weight
 * is larger. Sizes are in pixels.
 */
final class AttentionPicture {

    private static final int COLUMN = 52;
    private static final int ROW = 36;
    private static final int MARGIN = 28;
    private static final int GAP = 12;
    private static final int FONT = 16;
    private static final int TITLE = 34;
    private static final int LEGEND = 56;
    private static final int LEAST_WIDTH = 420;
    /** A weight from here on is written into its cell. */
    private static final double WRITTEN = 0.1;

    private static final String FONTS = "'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

    private final StringBuilder svg = new StringBuilder();
    private final String title;
    private int width;
    private int height;

    private AttentionPicture(String title) {
        this.title = title;
    }

    /**
     * The picture of a translation.
     *
     * @param maps one for each sentence, at least one
     * @param title such as the model's name and version
     */
    static String of(List<AttentionMap> maps, String title) {
        AttentionPicture picture = new AttentionPicture(title);
        picture.height = MARGIN + TITLE;
        picture.width = LEAST_WIDTH;
        maps.forEach(picture::map);
        return picture.complete();
    }

    private String complete() {
        legend();
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="%3$s" font-size="%4$d" fill="#1f2933">
                <rect width="100%%" height="100%%" rx="8" fill="#ffffff"/>
                <text x="%5$d" y="%6$d" font-weight="600">%7$s</text>
                %8$s</svg>
                """
                .formatted(width, height, FONTS, FONT, MARGIN, MARGIN + FONT, escape(title), svg);
    }

    private void map(AttentionMap map) {
        List<String> source = labels(map.source());
        List<String> target = labels(map.target());
        int left = MARGIN + longest(target) + GAP;
        boolean slanted = longest(source) > COLUMN - 2;
        int top = height + (slanted ? (int) (0.72 * longest(source)) + FONT : FONT + GAP);
        for (int column = 0; column < source.size(); column++) {
            int x = left + column * COLUMN + COLUMN / 2;
            String place = slanted
                    ? "transform=\"translate(%d %d) rotate(-45)\"".formatted(x, top - GAP)
                    : "x=\"%d\" y=\"%d\" text-anchor=\"middle\"".formatted(x, top - GAP);
            label(place, source.get(column), map.source().get(column));
        }
        for (int row = 0; row < target.size(); row++) {
            int y = top + row * ROW;
            String place = "x=\"%d\" y=\"%d\" text-anchor=\"end\"".formatted(left - GAP, baseline(y));
            label(place, target.get(row), map.target().get(row));
            for (int column = 0; column < source.size(); column++) {
                float weight = map.weights().get(row).get(column);
                cell(left + column * COLUMN, y, weight, target.get(row) + " \u2190 " + source.get(column));
            }
        }
        int overhang = slanted ? (int) (0.72 * longest(source.subList(source.size() - 1, source.size()))) : 0;
        width = Math.max(width, left + source.size() * COLUMN + MARGIN + Math.max(0, overhang - COLUMN / 2));
        height = top + target.size() * ROW + MARGIN;
    }

    private void label(String place, String text, String token) {
        String style = special(token) ? " fill=\"#8895a3\"" : "";
        svg.append("<text %s%s>%s</text>%n".formatted(place, style, escape(text)));
    }

    private void cell(int x, int y, float weight, String meaning) {
        svg.append("<g><title>%s: %s</title>".formatted(escape(meaning), percent(weight, 1)))
                .append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" fill=\"%s\"/>"
                        .formatted(x + 1, y + 1, COLUMN - 2, ROW - 2, colour(weight)));
        if (weight >= WRITTEN) {
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"12\" fill=\"%s\">%s</text>"
                    .formatted(
                            x + COLUMN / 2,
                            baseline(y) - 1,
                            weight > 0.45 ? "#ffffff" : "#1f2933",
                            Math.round(100 * weight)));
        }
        svg.append("</g>\n");
    }

    private void legend() {
        int steps = 40;
        int length = 160;
        for (int i = 0; i < steps; i++) {
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"10\" fill=\"%s\"/>%n"
                    .formatted(MARGIN + 36 + i * length / steps, height, length / steps, colour((i + 0.5) / steps)));
        }
        svg.append("<g font-size=\"12\" fill=\"#52606d\"><text x=\"%d\" y=\"%d\">0 %%</text>"
                        .formatted(MARGIN, height + 10))
                .append("<text x=\"%d\" y=\"%d\">100 %%</text>".formatted(MARGIN + 36 + length + 8, height + 10))
                .append("<text x=\"%d\" y=\"%d\">source across, translation down; each row sums to 100 %%</text></g>%n"
                        .formatted(MARGIN, height + 30));
        height += LEGEND;
    }

    private static int baseline(int y) {
        return y + ROW / 2 + 5;
    }

    /** From nearly white to dark blue; the root lets small weights be seen. */
    private static String colour(double weight) {
        double depth = Math.pow(Math.max(0, Math.min(1, weight)), 0.7);
        int[] light = {240, 244, 250};
        int[] dark = {11, 61, 130};
        int[] mixed = IntStream.range(0, 3)
                .map(i -> (int) Math.round(light[i] + depth * (dark[i] - light[i])))
                .toArray();
        return String.format("#%02x%02x%02x", mixed[0], mixed[1], mixed[2]);
    }

    static String percent(float weight, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f %%", 100 * weight);
    }

    /** Tokens as readers expect them: no mark where a word begins, a dash where one goes on. */
    static List<String> labels(List<String> tokens) {
        boolean marked = tokens.stream().anyMatch(token -> token.startsWith("\u2581"));
        return tokens.stream().map(token -> label(token, marked)).toList();
    }

    private static String label(String token, boolean marked) {
        if (special(token) || token.equals("\u2581")) {
            return token;
        }
        String text = token.replace("\u2581", "");
        boolean goesOn = marked && !token.startsWith("\u2581") && Character.isLetter(text.codePointAt(0));
        return goesOn ? "-" + text : text;
    }

    private static boolean special(String token) {
        return token.startsWith("<") && token.endsWith(">") && token.length() > 2;
    }

    private static int longest(List<String> labels) {
        return labels.stream().mapToInt(AttentionPicture::pixels).max().orElse(0);
    }

    /** About how wide a text is: ideographs are as wide as high. */
    private static int pixels(String text) {
        return text.codePoints()
                .map(c -> Character.isIdeographic(c) || (c >= 0x3000 && c <= 0xffef) ? FONT : (int) (0.58 * FONT))
                .sum();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
