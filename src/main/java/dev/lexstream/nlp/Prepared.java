package dev.lexstream.nlp;

/** An input after tokenization, ready to be put into a batch. Immutable. */
public interface Prepared {

    /** Length in tokens, which decides the padding of its batch; at least 1. */
    int length();
}
