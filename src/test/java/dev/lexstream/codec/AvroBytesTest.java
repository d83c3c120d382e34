package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.event.TextEvent;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.StubRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An event in the bytes of version 0.1.0 comes out in the bytes of version 0.1.0, attributes in their order included. */
class AvroBytesTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEADER = 5;

    @Test
    void givenAnEventOf010WhenEnrichedThenTheOutputHasTheBytesOf010() throws IOException {
        var like = Records.enrichedEvent();
        var enriched =
                new EnrichedEvent(decoded(), like.language(), like.outcomes(), like.receivedAt(), like.enrichedAt());

        try (var server = LocalRegistry.start();
                var registry = SchemaRegistry.connect(Map.of("schema.registry.url", server.url()))) {
            var value = EnrichedTextEncoder.avro(registry).encode("enriched", enriched);

            assertThat(HEX.formatHex(Arrays.copyOfRange(value, HEADER, value.length)))
                    .isEqualTo(resource("EnrichedText-0.1.0.hex"));
        }
    }

    private static TextEvent decoded() throws IOException {
        try (var server = new StubRegistry();
                var registry = server.connect()) {
            var id = server.add(resource("TextEvent-0.1.0.avsc"));
            var value = StubRegistry.value(id, HEX.parseHex(resource("TextEvent-0.1.0.hex")));
            return EventDecoder.avro(registry).decode(Records.input("texts", value));
        }
    }

    private static String resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(AvroBytesTest.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
