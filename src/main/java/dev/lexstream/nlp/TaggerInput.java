package dev.lexstream.nlp;

import java.util.List;

/**
 * The words of one sentence as a tagger sees them.
 *
 * @param forms the words, at least one
 * @param spans where they are in the text, in code points; as many as forms
 * @param total words of the whole text, of which these are the first
 */
public record TaggerInput(List<Form> forms, List<Span> spans, int total) implements Prepared {

    /**
     * One word.
     *
     * @param word its id in the word vocabulary
     * @param characters its ids in the character vocabulary, as a string of one char for each id
     */
    public record Form(int word, String characters) {}

    public TaggerInput {
        forms = List.copyOf(forms);
        spans = List.copyOf(spans);
        if (forms.isEmpty() || forms.size() != spans.size()) {
            throw new IllegalArgumentException(
                    "forms and spans must be equally many and not empty, found " + forms.size() + ", " + spans.size());
        }
    }

    @Override
    public int length() {
        return forms.size();
    }
}
