package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.event.Attribute;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.Header;
import dev.lexstream.event.Headers;
import dev.lexstream.event.TextEvent;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrichedTextsTest {

    private static final Instant RECEIVED = Instant.ofEpochMilli(1000);
    private static final Instant ENRICHED = Instant.ofEpochMilli(2000);
    private static final ModelId MODEL = new ModelId("tagger-en", "1.0");

    private final TextEvent event = new TextEvent(
            "id",
            Map.of("text", "A text"),
            Optional.of("en-GB"),
            Optional.of("feed"),
            Optional.of(Instant.ofEpochMilli(500)),
            Map.of("a", Attribute.of("b")),
            new Envelope("texts", 1000, new byte[] {1}, new Headers(List.of(new Header("h", new byte[] {2})))));

    private EnrichedText enriched(dev.lexstream.event.Language language, List<Outcome> outcomes) {
        return EnrichedTexts.of(new EnrichedEvent(event, language, outcomes, RECEIVED, ENRICHED));
    }

    @Test
    void theEventIsKeptAndTheLanguageSaysHowItIsKnown() {
        EnrichedText enriched = enriched(dev.lexstream.event.Language.detected("en", 0.75), List.of());

        assertThat(enriched)
                .isEqualTo(new EnrichedText(
                        "id",
                        "A text",
                        "feed",
                        Instant.ofEpochMilli(500),
                        Map.of("a", "b"),
                        new Language("en", LanguageOrigin.DETECTED, 0.75),
                        List.of(),
                        RECEIVED,
                        ENRICHED,
                        Map.of()));
    }

    @Test
    void textsOfAnEventThatHasSeveralAreThereAndAListHasAnAnnotationForEach() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("subject", "A subject");
        texts.put("tags[0]", "first");
        TextEvent several = new TextEvent(
                "id", texts, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Envelope.NONE);
        Outcome.Enriched one = new Outcome.Enriched(
                "tag", "tags[0]", MODEL, new Tagging(List.of(), Coverage.complete(0)), Duration.ZERO);
        Outcome.Enriched other = new Outcome.Enriched(
                "tag", "tags[2]", MODEL, new Tagging(List.of(), Coverage.complete(0)), Duration.ZERO);

        EnrichedText enriched = EnrichedTexts.of(new EnrichedEvent(
                several,
                dev.lexstream.event.Language.unknown(),
                List.of(new Outcome.Several("tag", List.of(one, other))),
                RECEIVED,
                ENRICHED));

        assertThat(enriched.getText()).isEqualTo("A subject");
        assertThat(enriched.getTexts()).isEqualTo(texts);
        assertThat(enriched.getAnnotations()).extracting(Annotation::getInput).containsExactly("tags[0]", "tags[2]");
    }

    @Test
    void anUnknownLanguageHasNoCode() {
        EnrichedText enriched = enriched(dev.lexstream.event.Language.unknown(), List.of());

        assertThat(enriched.getLanguage()).isEqualTo(new Language(null, LanguageOrigin.UNKNOWN, null));
    }

    @Test
    void aLanguageTakenByDefaultSaysSo() {
        EnrichedText enriched = enriched(dev.lexstream.event.Language.byDefault("en"), List.of());

        assertThat(enriched.getLanguage()).isEqualTo(new Language("en", LanguageOrigin.DEFAULT, null));
    }

    @Test
    void eachOutcomeIsAnAnnotationInStageOrder() {
        List<Outcome> outcomes = List.of(
                new Outcome.Enriched(
                        "tag",
                        "text",
                        MODEL,
                        new Tagging(List.of(new dev.lexstream.nlp.TokenTag(0, 1, "DET", 0.5f)), Coverage.complete(1)),
                        Duration.ofNanos(1_500_000)),
                new Outcome.Enriched("cut", "text", MODEL, new Tagging(List.of(), new Coverage(1, 2)), Duration.ZERO),
                new Outcome.Skipped("other", "language en"));

        EnrichedText enriched = enriched(dev.lexstream.event.Language.declared("en"), outcomes);

        assertThat(enriched.getAnnotations())
                .containsExactly(
                        new Annotation(
                                "tag",
                                "tagger-en",
                                "1.0",
                                StageStatus.DONE,
                                null,
                                1500L,
                                List.of(new TokenTag(0, 1, "DET", 0.5f)),
                                List.of(),
                                List.of(),
                                "text"),
                        new Annotation(
                                "cut",
                                "tagger-en",
                                "1.0",
                                StageStatus.TRUNCATED,
                                "input limited to 1 of 2 tokens",
                                0L,
                                List.of(),
                                List.of(),
                                List.of(),
                                "text"),
                        new Annotation(
                                "other",
                                null,
                                null,
                                StageStatus.SKIPPED,
                                "language en",
                                0L,
                                List.of(),
                                List.of(),
                                List.of(),
                                ""));
    }

    @Test
    void attributesOfAllKindsAreTextsInTheirOrder() {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("text", Attribute.of(""));
        attributes.put("whole", new Attribute.Whole(Long.MIN_VALUE));
        attributes.put("real", new Attribute.Real(0.1));
        attributes.put("truth", new Attribute.Truth(true));
        TextEvent event = new TextEvent(
                "id",
                Map.of("text", "A text"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                attributes,
                Envelope.NONE);

        EnrichedText enriched = EnrichedTexts.of(
                new EnrichedEvent(event, dev.lexstream.event.Language.unknown(), List.of(), RECEIVED, ENRICHED));

        assertThat(enriched.getAttributes())
                .containsExactly(
                        Map.entry("text", ""),
                        Map.entry("whole", "-9223372036854775808"),
                        Map.entry("real", "0.1"),
                        Map.entry("truth", "true"));
    }

    @Test
    void aFailedStageHasNoPlaceInAnOutputRecord() {
        List<Outcome> outcomes = List.of(new Outcome.Failed("tag", MODEL, new IllegalStateException("cannot")));

        assertThatThrownBy(() -> enriched(dev.lexstream.event.Language.unknown(), outcomes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stage tag failed");
    }
}
