package dev.lexstream.codec;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.Classification;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TextEvent;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.avro.Translation;
import dev.lexstream.event.Attribute;
import dev.lexstream.event.Envelope;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Classification.LabelScore;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records with every field set to something other than its default, as they are on topics and as domain records. */
public final class Records {
    private Records() {}

    public static TextEvent textEvent() {
        return TextEvent.newBuilder()
                .setId("e-1")
                .setText("Tea 🍵 please.")
                .setLanguage("en")
                .setSource("chat")
                .setOccurredAt(Instant.ofEpochMilli(1_700_000_000_123L))
                .setAttributes(Map.of("room", "lobby"))
                .build();
    }

    public static EnrichedText enrichedText() {
        var annotation = Annotation.newBuilder()
                .setStage("pos")
                .setModel("tagger-en")
                .setVersion("1")
                .setStatus(StageStatus.TRUNCATED)
                .setReason("text longer than 3 tokens")
                .setDurationMicros(1234)
                .setTags(List.of(new TokenTag(0, 3, "NOUN", 0.75f), new TokenTag(4, 5, "SYM", 0.5f)))
                .setTranslations(List.of(new Translation("de", "Tee 🍵 bitte.", -0.5f)))
                .setClassifications(List.of(new Classification("calm", 0.9f, Map.of("calm", 0.9f), false)))
                .setInput("text")
                .build();
        return EnrichedText.newBuilder()
                .setId("e-1")
                .setText("Tea 🍵 please.")
                .setSource("chat")
                .setOccurredAt(Instant.ofEpochMilli(1_700_000_000_123L))
                .setAttributes(Map.of("room", "lobby"))
                .setLanguage(new Language("en", LanguageOrigin.DETECTED, 0.99))
                .setAnnotations(List.of(annotation))
                .setReceivedAt(Instant.ofEpochMilli(1_700_000_000_200L))
                .setEnrichedAt(Instant.ofEpochMilli(1_700_000_000_300L))
                .setTexts(Map.of("text", "Tea 🍵 please.", "title", "Tea"))
                .build();
    }

    /** As {@link #enrichedText}, without what 0.1.0 did not have. */
    public static EnrichedText enrichedTextOf010() {
        var text = enrichedText();
        return EnrichedText.newBuilder(text)
                .setAnnotations(text.getAnnotations().stream()
                        .map(annotation ->
                                Annotation.newBuilder(annotation).setInput("").build())
                        .toList())
                .setTexts(Map.of())
                .build();
    }

    /** The event that {@link #textEvent} is, in no record. */
    public static dev.lexstream.event.TextEvent event() {
        return new dev.lexstream.event.TextEvent(
                "e-1",
                Map.of("text", "Tea 🍵 please."),
                Optional.of("en"),
                Optional.of("chat"),
                Optional.of(Instant.ofEpochMilli(1_700_000_000_123L)),
                Map.of("room", Attribute.of("lobby")),
                Envelope.NONE);
    }

    /** An event with a tagging, a translation, a classification and a skipped stage. */
    public static EnrichedEvent enrichedEvent() {
        var model = new ModelId("some-model", "1");
        var took = Duration.ofNanos(1_234_567);
        var all = Coverage.complete(3);
        return new EnrichedEvent(
                event(),
                dev.lexstream.event.Language.detected("en", 0.99),
                List.of(
                        new Outcome.Enriched(
                                "tag",
                                "text",
                                model,
                                new Tagging(
                                        List.of(new dev.lexstream.nlp.TokenTag(0, 3, "NOUN", 0.75f)),
                                        new Coverage(1, 3)),
                                took),
                        new Outcome.Enriched(
                                "translate",
                                "text",
                                model,
                                new dev.lexstream.nlp.Translation("de", "Tee 🍵 bitte.", -0.5f, all),
                                took),
                        new Outcome.Enriched(
                                "classify",
                                "text",
                                model,
                                new dev.lexstream.nlp.Classification(
                                        Optional.of("calm"),
                                        0.9f,
                                        List.of(new LabelScore("calm", 0.9f), new LabelScore("loud", 0.1f)),
                                        all),
                                took),
                        new Outcome.Skipped("other", "language en")),
                Instant.ofEpochMilli(1_700_000_000_200L),
                Instant.ofEpochMilli(1_700_000_000_300L));
    }

    /** A record with a value and nothing else. */
    public static InputRecord input(byte[] value) {
        return new InputRecord(Envelope.NONE, 0, 0, value);
    }
}
