package dev.lexstream.nlp;

import java.util.List;

/** Cuts a text into the tokens a tagger sees. Threading: implementations are immutable and serve all threads. */
@FunctionalInterface
public interface Tokenizer {

    /**
     * The tokens of a text, in order, not overlapping; none for a text without visible characters. Every visible
     * character belongs to exactly one.
     */
    List<Span> tokenize(String text);
}
