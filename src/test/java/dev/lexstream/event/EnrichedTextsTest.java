package dev.lexstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TextEvent;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.ModelId;
import dev.lexstream.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnrichedTextsTest {

    private static final Instant RECEIVED = Instant.ofEpochMilli(1000);
    private static final Instant ENRICHED = Instant.ofEpochMilli(2000);
    private static final ModelId MODEL = new ModelId("tagger-en", "1.0");

    private final TextEvent event =
            new TextEvent("id", "A text", "en-GB", "feed", Instant.ofEpochMilli(500), Map.of("a", "b"));

    @Test
    void theEventIsKeptAndTheLanguageSaysHowItIsKnown() {
        EnrichedText enriched = EnrichedTexts.of(
                event, dev.lexstream.plan.Language.detected("en", 0.75), List.of(), RECEIVED, ENRICHED);

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
                        ENRICHED));
    }

    @Test
    void anUnknownLanguageHasNoCode() {
        EnrichedText enriched =
                EnrichedTexts.of(event, dev.lexstream.plan.Language.unknown(), List.of(), RECEIVED, ENRICHED);

        assertThat(enriched.getLanguage()).isEqualTo(new Language(null, LanguageOrigin.UNKNOWN, null));
    }

    @Test
    void aLanguageTakenByDefaultSaysSo() {
        EnrichedText enriched =
                EnrichedTexts.of(event, dev.lexstream.plan.Language.byDefault("en"), List.of(), RECEIVED, ENRICHED);

        assertThat(enriched.getLanguage()).isEqualTo(new Language("en", LanguageOrigin.DEFAULT, null));
    }

    @Test
    void eachOutcomeIsAnAnnotationInStageOrder() {
        List<Outcome> outcomes = List.of(
                new Outcome.Enriched(
                        "tag",
                        MODEL,
                        new Tagging(List.of(new dev.lexstream.nlp.TokenTag(0, 1, "DET", 0.5f)), Coverage.complete(1)),
                        Duration.ofNanos(1_500_000)),
                new Outcome.Enriched("cut", MODEL, new Tagging(List.of(), new Coverage(1, 2)), Duration.ZERO),
                new Outcome.Skipped("other", "language en"));

        EnrichedText enriched =
                EnrichedTexts.of(event, dev.lexstream.plan.Language.declared("en"), outcomes, RECEIVED, ENRICHED);

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
                                List.of()),
                        new Annotation(
                                "cut",
                                "tagger-en",
                                "1.0",
                                StageStatus.TRUNCATED,
                                "input limited to 1 of 2 tokens",
                                0L,
                                List.of(),
                                List.of(),
                                List.of()),
                        new Annotation(
                                "other",
                                null,
                                null,
                                StageStatus.SKIPPED,
                                "language en",
                                0L,
                                List.of(),
                                List.of(),
                                List.of()));
    }

    @Test
    void aFailedStageHasNoPlaceInAnOutputRecord() {
        List<Outcome> outcomes = List.of(new Outcome.Failed("tag", MODEL, new IllegalStateException("cannot")));

        assertThatThrownBy(() ->
                        EnrichedTexts.of(event, dev.lexstream.plan.Language.unknown(), outcomes, RECEIVED, ENRICHED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stage tag failed");
    }
}
