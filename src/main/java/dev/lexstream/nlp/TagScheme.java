package dev.lexstream.nlp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the tags of tokens mean for the text. Where a tag has a boundary, it begins with {@code B-} (first token of a span),
 * {@code I-} (inside), {@code E-} (last of several) or {@code S-} (the only one); {@code O} is a token outside of spans.
 */
public enum TagScheme {
    /** Each token has a label, such as a part of speech. */
    TOKENS,
    /** Spans cover the text, such as words; none crosses white space. */
    SEGMENTS,
    /** Some tokens form spans, such as entities. */
    SPANS;

    /** The tag of a token outside of spans. */
    public static final String OUTSIDE = "O";

    private static final Pattern BOUNDARY = Pattern.compile("[BIES]-.+", Pattern.DOTALL);

    /** The scheme that a tag set is of: SPANS or SEGMENTS when all tags have boundaries, with or without {@code O}. */
    public static TagScheme of(List<String> tags) {
        boolean outside = tags.contains(OUTSIDE);
        boolean boundaries = tags.stream()
                .allMatch(tag -> tag.equals(OUTSIDE) || BOUNDARY.matcher(tag).matches());
        return !boundaries ? TOKENS : outside ? SPANS : SEGMENTS;
    }

    /** The tags of the tokens of one span of a segmentation. */
    public static List<String> segment(int tokens, String label) {
        List<String> tags = new ArrayList<>(tokens);
        for (int i = 0; i < tokens; i++) {
            String boundary = tokens == 1 ? "S-" : i == 0 ? "B-" : i == tokens - 1 ? "E-" : "I-";
            tags.add(boundary + label);
        }
        return tags;
    }

    /** Whether a tag continues the span of the token before. */
    public static boolean continues(String tag) {
        return tag.startsWith("I-") || tag.startsWith("E-");
    }

    /** Whether a tag's span goes on, or may go on, in the next token. */
    public static boolean goesOn(String tag) {
        return tag.startsWith("B-") || tag.startsWith("I-");
    }

    /** The tag without its boundary. */
    public String label(String tag) {
        return this == TOKENS || tag.equals(OUTSIDE) ? tag : tag.substring(2);
    }

    /**
     * The labelled spans of a sentence. An {@code I-} or {@code E-} that continues no span of its label begins one, as
     * CoNLL's evaluation has it.
     *
     * @param tags one for each token
     * @param scores probabilities of the tags; a span has that of its least certain token
     * @param tokens where they are in the text, in code points
     */
    public List<TokenTag> spans(List<String> tags, float[] scores, List<Span> tokens) {
        return spans(tags, scores, tokens, tokens);
    }

    /**
     * As above, of a text with invisible characters.
     *
     * @param visible where the tokens are in what is seen of the text; those with a gap between them have white space there
     */
    public List<TokenTag> spans(List<String> tags, float[] scores, List<Span> tokens, List<Span> visible) {
        List<TokenTag> spans = new ArrayList<>();
        String open = null;
        for (int i = 0; i < tags.size(); i++) {
            String tag = tags.get(i);
            int begin = tokens.get(i).begin();
            int end = tokens.get(i).end();
            boolean apart = this == SEGMENTS
                    && i > 0
                    && visible.get(i - 1).end() < visible.get(i).begin();
            if (this != TOKENS && continues(tag) && label(tag).equals(open) && !apart) {
                TokenTag last = spans.remove(spans.size() - 1);
                spans.add(new TokenTag(last.start(), end, open, Math.min(last.score(), scores[i])));
            } else if (this == TOKENS || !tag.equals(OUTSIDE)) {
                spans.add(new TokenTag(begin, end, label(tag), scores[i]));
            }
            open = this != TOKENS && goesOn(tag) ? label(tag) : null;
        }
        return spans;
    }
}
