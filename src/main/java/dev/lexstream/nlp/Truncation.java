package dev.lexstream.nlp;

/** Which text of a pair gives way when both do not fit, named as in Hugging Face's tokenizers. */
public enum Truncation {
    /** Tokens go from the end of the longer text, one by one; from the second where both are as long. */
    LONGEST_FIRST,
    /** Only the first text is shortened. */
    ONLY_FIRST,
    /** Only the second text is shortened. */
    ONLY_SECOND,
    /** Nothing is left out, however long the row becomes. */
    DO_NOT_TRUNCATE
}
