package dev.lexstream.nlp;

import dev.lexstream.model.TextSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a text that a tagger's tokenizer finds, in order and not overlapping.
 *
 * @param texts what the model sees of each
 * @param spans where each is in the text as it came, in chars
 * @param visible where each is in the visible text, in chars
 */
public record TextTokens(List<String> texts, List<Span> spans, List<Span> visible) {

    public TextTokens {
        texts = List.copyOf(texts);
        spans = List.copyOf(spans);
        visible = List.copyOf(visible);
    }

    /** A token in the visible text and in the original. */
    private record Token(Span visible, Span original) {

        Token and(Token next) {
            return new Token(join(visible, next.visible), join(original, next.original));
        }

        private static Span join(Span first, Span second) {
            return new Span(first.begin(), Math.max(first.end(), second.end()));
        }
    }

    /** Tokens as a bundle's settings have them: of the visible text, and never less than a grapheme. */
    public static TextTokens of(String text, Tokenizer tokenizer, TextSettings settings) {
        VisibleText visible = settings.dropInvisible() ? VisibleText.of(text) : VisibleText.whole(text);
        List<Span> found = tokenizer.tokenize(visible.text());
        if (settings.wholeGraphemes()) {
            return of(visible, whole(visible, Graphemes.of(text), found));
        }
        return of(
                visible,
                found.stream()
                        .map(span -> new Token(span, visible.original(span)))
                        .toList());
    }

    private static TextTokens of(VisibleText visible, List<Token> tokens) {
        return new TextTokens(
                tokens.stream().map(token -> token.visible().of(visible.text())).toList(),
                tokens.stream().map(Token::original).toList(),
                tokens.stream().map(Token::visible).toList());
    }

    /** Tokens grown to whole graphemes, of the text as it came and of what is seen of it; those that then meet are one. */
    private static List<Token> whole(VisibleText visible, Graphemes original, List<Span> found) {
        Graphemes seen = Graphemes.of(visible.text());
        List<Token> tokens = new ArrayList<>(found.size());
        for (Span span : found) {
            Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
            if (last != null && span.end() <= last.visible().end()) {
                continue;
            }
            Span around = seen.around(span);
            Token token = new Token(around, original.around(visible.original(around)));
            boolean meets = last != null
                    && (around.begin() < last.visible().end()
                            || token.original().begin() < last.original().end());
            if (meets) {
                tokens.set(tokens.size() - 1, last.and(token));
            } else {
                tokens.add(token);
            }
        }
        return tokens;
    }
}
