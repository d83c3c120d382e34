package dev.lexstream.inference;

import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Classification;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.Translation;

/** Estimates the heap that a cached result takes, from the objects' layout in a heap below 32 GB. */
public final class ResultSize {

    /** Bytes of the cache's entry, the headers of two strings, and the annotation with its list and coverage. */
    private static final int ENTRY = 256;

    /** Bytes of a tag and its place in the list. Labels belong to the model. */
    private static final int TAG = 36;

    /** Bytes of a class, its probability and its place in the list. */
    private static final int SCORE = 28;

    private ResultSize() {}

    /** Estimated bytes of a text and its annotation: 256, 2 for each UTF-16 unit, 36 for each tag, 28 for each class. */
    public static int of(String text, Annotation annotation) {
        long found = 0;
        if (annotation instanceof Tagging tagging) {
            found = (long) TAG * tagging.tags().size();
        } else if (annotation instanceof Translation translation) {
            found = 2L * translation.text().length();
        } else if (annotation instanceof Classification classification) {
            found = (long) SCORE * classification.scores().size();
        }
        return (int) Math.min(Integer.MAX_VALUE, ENTRY + 2L * text.length() + found);
    }
}
