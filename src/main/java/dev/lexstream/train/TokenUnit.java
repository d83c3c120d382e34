package dev.lexstream.train;

/** What one token of a tagger is. */
public enum TokenUnit {
    /** A word, as the data has it. */
    WORD,
    /** A character; letters of scripts with case and digits in runs. */
    CHARACTER
}
