package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.avro.EnrichedText;
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
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/** Version 0.1.0 and this one read what the other has written. */
class EarlierVersionTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEADER = 5;

    @Test
    void givenAnEventOf010WhenEnrichedThenAReaderOf010FindsWhat010WouldHaveWritten() throws IOException {
        var like = Records.enrichedEvent();
        var enriched =
                new EnrichedEvent(decoded(), like.language(), like.outcomes(), like.receivedAt(), like.enrichedAt());
        var schemaOf010 = new Schema.Parser().parse(resource("EnrichedText-0.1.0.avsc"));

        try (var server = LocalRegistry.start();
                var registry = SchemaRegistry.connect(Map.of("schema.registry.url", server.url()))) {
            var value = EnrichedTextEncoder.avro(registry).encode("enriched", enriched);

            assertThat(read(
                            EnrichedText.getClassSchema(),
                            schemaOf010,
                            Arrays.copyOfRange(value, HEADER, value.length)))
                    .isEqualTo(read(schemaOf010, schemaOf010, HEX.parseHex(resource("EnrichedText-0.1.0.hex"))));
        }
    }

    private static GenericRecord read(Schema writer, Schema reader, byte[] bytes) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static TextEvent decoded() throws IOException {
        try (var server = new StubRegistry();
                var registry = server.connect()) {
            var id = server.add(resource("TextEvent-0.1.0.avsc"));
            var value = StubRegistry.value(id, HEX.parseHex(resource("TextEvent-0.1.0.hex")));
            return EventDecoder.avro(registry).decode(Records.input(value));
        }
    }

    private static String resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(EarlierVersionTest.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
