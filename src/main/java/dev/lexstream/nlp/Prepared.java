package dev.lexstream.nlp;

/** An input after tokenization, ready to be put into a batch. Immutable. */
public interface Prepared {

    /** Tokens of its longest row; all rows of its batch are padded to the longest of them. At least 1. */
    int length();

    /** Rows of the batch that are this input's, such as one for each sentence. At least 1. */
    default int rows() {
        return 1;
    }

    /** Tokens of all its rows, without padding. */
    default int tokens() {
        return length();
    }
}
