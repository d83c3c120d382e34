package dev.lexstream.codec;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.Classification;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Enrichment;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.avro.Translation;
import dev.lexstream.event.TextEvent;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Classification.LabelScore;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts an event and what the stages made of its text into an output record. The one place where the terms of enrichment
 * meet those of the schemas, which share names such as {@code Language} and {@code TokenTag}.
 */
public final class EnrichedTexts {

    private EnrichedTexts() {}

    /**
     * The output record.
     *
     * @throws IllegalArgumentException for an {@link Outcome.Failed}, which belongs in the dead letters
     */
    static EnrichedText of(EnrichedEvent enriched) {
        TextEvent event = enriched.event();
        return new EnrichedText(
                event.id(),
                event.text(),
                event.source().orElse(null),
                event.occurredAt().orElse(null),
                attributes(event),
                language(enriched.language()),
                annotations(enriched),
                enriched.receivedAt(),
                enriched.enrichedAt(),
                event.texts().size() > 1 ? event.texts() : Map.of());
    }

    /**
     * What the output record has besides the event.
     *
     * @throws IllegalArgumentException for an {@link Outcome.Failed}, which belongs in the dead letters
     */
    public static Enrichment enrichment(EnrichedEvent enriched) {
        return new Enrichment(
                language(enriched.language()), annotations(enriched), enriched.receivedAt(), enriched.enrichedAt());
    }

    private static List<Annotation> annotations(EnrichedEvent enriched) {
        List<Annotation> annotations = new ArrayList<>(enriched.outcomes().size());
        for (Outcome outcome : enriched.outcomes()) {
            outcome.all().forEach(each -> annotations.add(each.accept(ANNOTATION)));
        }
        return annotations;
    }

    private static Map<String, String> attributes(TextEvent event) {
        Map<String, String> attributes = new LinkedHashMap<>();
        event.attributes().forEach((name, value) -> attributes.put(name, value.asText()));
        return attributes;
    }

    private static Language language(dev.lexstream.event.Language language) {
        LanguageOrigin origin =
                switch (language.origin()) {
                    case DECLARED -> LanguageOrigin.DECLARED;
                    case DETECTED -> LanguageOrigin.DETECTED;
                    case UNKNOWN -> LanguageOrigin.UNKNOWN;
                    case DEFAULT -> LanguageOrigin.DEFAULT;
                };
        Double confidence =
                language.confidence().isPresent() ? language.confidence().getAsDouble() : null;
        return new Language(language.code().orElse(null), origin, confidence);
    }

    private static final Outcome.Visitor<Annotation> ANNOTATION = new Outcome.Visitor<>() {
        @Override
        public Annotation enriched(Outcome.Enriched outcome) {
            Coverage coverage = outcome.annotation().coverage();
            ModelId model = outcome.model();
            return new Annotation(
                    outcome.stage(),
                    model.name(),
                    model.version(),
                    coverage.truncated() ? StageStatus.TRUNCATED : StageStatus.DONE,
                    coverage.truncated()
                            ? "input limited to %d of %d tokens".formatted(coverage.processed(), coverage.total())
                            : null,
                    outcome.elapsed().toNanos() / 1000,
                    tags(outcome.annotation()),
                    translations(outcome.annotation()),
                    classifications(outcome.annotation()),
                    outcome.input());
        }

        @Override
        public Annotation skipped(Outcome.Skipped outcome) {
            return new Annotation(
                    outcome.stage(),
                    null,
                    null,
                    StageStatus.SKIPPED,
                    outcome.reason(),
                    0L,
                    List.of(),
                    List.of(),
                    List.of(),
                    "");
        }

        @Override
        public Annotation failed(Outcome.Failed outcome) {
            throw new IllegalArgumentException("stage " + outcome.stage() + " failed; a dead letter is no output");
        }

        @Override
        public Annotation several(Outcome.Several outcome) {
            throw new IllegalArgumentException("stage " + outcome.stage() + " has an annotation for each element");
        }
    };

    private static List<TokenTag> tags(dev.lexstream.nlp.Annotation annotation) {
        if (!(annotation instanceof Tagging tagging)) {
            return List.of();
        }
        List<TokenTag> tags = new ArrayList<>(tagging.tags().size());
        for (dev.lexstream.nlp.TokenTag tag : tagging.tags()) {
            tags.add(new TokenTag(tag.start(), tag.end(), tag.label(), tag.score()));
        }
        return tags;
    }

    private static List<Translation> translations(dev.lexstream.nlp.Annotation annotation) {
        return annotation instanceof dev.lexstream.nlp.Translation translation
                ? List.of(new Translation(translation.language(), translation.text(), translation.score()))
                : List.of();
    }

    private static List<Classification> classifications(dev.lexstream.nlp.Annotation annotation) {
        if (!(annotation instanceof dev.lexstream.nlp.Classification classification)) {
            return List.of();
        }
        Map<String, Float> scores = new LinkedHashMap<>();
        String best = "";
        float highest = Float.NEGATIVE_INFINITY;
        for (LabelScore score : classification.scores()) {
            scores.put(score.label(), score.score());
            if (Float.compare(score.score(), highest) > 0) {
                highest = score.score();
                best = score.label();
            }
        }
        return List.of(new Classification(
                best, classification.score(), scores, classification.label().isEmpty()));
    }
}
