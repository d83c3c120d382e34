package dev.lexstream.codec.merged;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.Enrichment;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import java.util.ArrayList;

/** Enrichments of one record by several pipelines, one after the other. */
final class Enrichments {
    private Enrichments() {}

    /**
     * Both in one: annotations of the earlier first, received when the earlier was, the language of the later if it knew one.
     *
     * @param earlier as it came with the record
     * @param later of this pipeline
     */
    static Enrichment joined(Enrichment earlier, Enrichment later) {
        var annotations = new ArrayList<Annotation>(
                earlier.getAnnotations().size() + later.getAnnotations().size());
        annotations.addAll(earlier.getAnnotations());
        annotations.addAll(later.getAnnotations());
        return new Enrichment(
                isKnown(later.getLanguage()) ? later.getLanguage() : earlier.getLanguage(),
                annotations,
                earlier.getReceivedAt() == null ? later.getReceivedAt() : earlier.getReceivedAt(),
                later.getEnrichedAt());
    }

    /** Whether a language is more than a place that had to be filled. */
    static boolean isKnown(Language language) {
        return language.getOrigin() != LanguageOrigin.UNKNOWN;
    }
}
