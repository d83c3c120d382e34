package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.Classification;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.avro.Translation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnrichedTextJsonTest {

    @Test
    void everyTypeOfTheSchemaIsTheJsonTypeOfItsKind() throws Exception {
        Annotation annotation = new Annotation(
                "classify",
                null,
                "1",
                StageStatus.DONE,
                null,
                1L << 40,
                List.of(new TokenTag(0, 2, "NOUN", 0.5f)),
                List.of(new Translation("en", "hi", 0.25f)),
                List.of(
                        new Classification("a", 0.75f, Map.of("a", 0.75f), true),
                        new Classification("b", 0.25f, Map.of(), false)),
                "text");
        EnrichedText text = new EnrichedText(
                "id",
                "true",
                null,
                Instant.ofEpochMilli(0),
                Map.of("k", "false"),
                new Language("en", LanguageOrigin.DETECTED, 0.5),
                List.of(annotation),
                null,
                null,
                Map.of("text", "true"));
        JsonNode json = new ObjectMapper().readTree(new EnrichedTextJson().line(text));
        assertThat(json.at("/annotations/0/classifications/0/outOfScope").isBoolean())
                .isTrue();
        assertThat(json.at("/annotations/0/classifications/0/outOfScope").asBoolean())
                .isTrue();
        assertThat(json.at("/annotations/0/classifications/1/outOfScope").isBoolean())
                .isTrue();
        assertThat(json.at("/annotations/0/classifications/1/outOfScope").asBoolean())
                .isFalse();
        assertThat(json.at("/annotations/0/classifications/0/score").isNumber()).isTrue();
        assertThat(json.at("/annotations/0/durationMicros").asLong()).isEqualTo(1L << 40);
        assertThat(json.at("/annotations/0/durationMicros").isIntegralNumber()).isTrue();
        assertThat(json.at("/annotations/0/tags/0/end").isInt()).isTrue();
        assertThat(json.at("/annotations/0/model").isNull()).isTrue();
        assertThat(json.at("/annotations/0/status").asText()).isEqualTo("DONE");
        assertThat(json.at("/language/confidence").isNumber()).isTrue();
        assertThat(json.at("/occurredAt").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(json.path("text").isTextual()).isTrue();
        assertThat(json.at("/attributes/k").isTextual()).isTrue();
    }

    @Test
    void bytesAreInBase64AndStayUnread() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, -1, 1});
        assertThat(EnrichedTextJson.node(bytes).asText()).isEqualTo("AP8B");
        assertThat(bytes.remaining()).isEqualTo(3);
    }
}
