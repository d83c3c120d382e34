package dev.lexstream.failure;

/** An exception that says what it means. */
public interface Classified {

    /** What this failure means, and so what is to be done about it. */
    Reason reason();
}
