package dev.lexstream.nlp;

import java.util.List;

/**
 * The tokens of one sentence as a tagger sees them.
 *
 * @param forms the tokens, at least one
 * @param spans where they are in the text, in code points; as many as forms
 * @param visible where they are in the text without what nobody sees, in any unit: neighbours with a gap have white space
 *     between them
 * @param total tokens of the whole text, of which these are the first
 */
public record TaggerInput(List<Form> forms, List<Span> spans, List<Span> visible, int total) implements Prepared {

    /**
     * One token.
     *
     * @param word its id in the vocabulary of words or characters
     * @param characters ids of its parts (characters of a word, n-grams of a character), each as a char
     */
    public record Form(int word, String characters) {}

    public TaggerInput {
        forms = List.copyOf(forms);
        spans = List.copyOf(spans);
        visible = List.copyOf(visible);
        if (forms.isEmpty() || forms.size() != spans.size()) {
            throw new IllegalArgumentException(
                    "forms and spans must be equally many and not empty, found " + forms.size() + ", " + spans.size());
        }
    }

    /** Tokens of a text in which all can be seen. */
    public TaggerInput(List<Form> forms, List<Span> spans, int total) {
        this(forms, spans, spans, total);
    }

    @Override
    public int length() {
        return forms.size();
    }
}
