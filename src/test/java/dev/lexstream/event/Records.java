package dev.lexstream.event;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.Classification;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TextEvent;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.avro.Translation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records with every field set to something other than its default. */
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
                .build();
    }
}
