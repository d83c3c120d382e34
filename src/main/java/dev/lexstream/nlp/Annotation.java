package dev.lexstream.nlp;

/** What one task found in one text. Immutable. */
public sealed interface Annotation permits Classification, Tagging, Translation {

    /** How much of the text the model has seen. */
    Coverage coverage();
}
