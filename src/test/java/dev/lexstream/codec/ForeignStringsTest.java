package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.event.Attribute;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.StubRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.avro.io.Encoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings that a writer has as bytes are strings all the same where they are UTF-8, and nothing is replaced in silence. */
class ForeignStringsTest {
    private static final byte[] LATIN_1 = {'c', 'a', 'f', (byte) 0xe9, ' ', '!'};

    private static StubRegistry server;
    private static SchemaRegistry registry;
    private static EventDecoder decoder;

    @BeforeAll
    @BeforeContainer
    static void start() throws IOException {
        server = new StubRegistry();
        registry = server.connect();
        decoder = EventDecoder.avro(registry);
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        registry.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"string", "bytes"})
    void givenAFieldThatIsNotUtf8WhenDecodedThenTheErrorNamesTheFieldAndTheByte(String type) throws IOException {
        // header 5, id 2, then a length and three good bytes
        assertNotUtf8(type, 0, "field id: string is not valid UTF-8 at byte 9 ");
        assertNotUtf8(type, 1, "field text: string is not valid UTF-8 at byte 11 ");
        assertNotUtf8(type, 2, "field language: string is not valid UTF-8 at byte 14 ");
        assertNotUtf8(type, 3, "field source: string is not valid UTF-8 at byte 17 ");
        assertNotUtf8(type, 4, "field attributes: string is not valid UTF-8 at byte 22 ");
    }

    @Test
    void givenAnAttributesNameThatIsNotUtf8WhenDecodedThenTheErrorNamesTheField() throws IOException {
        var value = value("bytes", e -> {
            for (var i = 0; i < 2; i++) {
                e.writeString("x");
            }
            e.writeIndex(0);
            e.writeIndex(0);
            e.writeLong(1);
            e.writeBytes(LATIN_1);
            e.writeString("x");
            e.writeLong(0);
        });

        assertThatThrownBy(() -> decoder.decode(Records.input(value)))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("field attributes: string is not valid UTF-8 at byte 16 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tea, please.", "茶をください。", "🍵\uFFFD", "\u0301e"})
    void givenBytesThatAreUtf8WhenDecodedThenTheyAreTheString(String text) throws IOException {
        var value = value("bytes", e -> fields(e, -1, text));

        var event = decoder.decode(Records.input(value));

        assertThat(event.id()).isEqualTo(text);
        assertThat(event.text()).isEqualTo(text);
        assertThat(event.language()).contains(text);
        assertThat(event.source()).contains(text);
        assertThat(event.attributes()).isEqualTo(Map.of("k", Attribute.of(text)));
    }

    @Test
    void givenAnIdThatIsAUuidWhenDecodedThenItIsTheString() throws IOException {
        var id = server.add(
                "{\"type\":\"record\",\"name\":\"TextEvent\",\"namespace\":\"dev.lexstream.event\",\"fields\":["
                        + "{\"name\":\"id\",\"type\":{\"type\":\"string\",\"logicalType\":\"uuid\"}},"
                        + "{\"name\":\"text\",\"type\":\"string\"}]}");
        var uuid = "9f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b";
        var avro = StubRegistry.avro(e -> {
            e.writeString(uuid);
            e.writeString("Tea.");
        });

        assertThat(decoder.decode(Records.input(StubRegistry.value(id, avro))).id())
                .isEqualTo(uuid);
    }

    @Property(tries = 500)
    void givenAnyBytesWhenDecodedThenTheyAreTheStringOrAnError(@ForAll @Size(max = 12) byte[] bytes)
            throws IOException {
        var value = value("bytes", e -> {
            e.writeString("x");
            e.writeString("x");
            e.writeIndex(0);
            e.writeIndex(1);
            e.writeBytes(bytes);
            e.writeLong(0);
        });

        assertThat(source(value)).isEqualTo(strict(bytes));
    }

    private static String source(byte[] value) {
        try {
            return decoder.decode(Records.input(value)).source().orElseThrow();
        } catch (UndecodableEventException e) {
            assertThat(e).hasMessageContaining("field source: string is not valid UTF-8");
            return "error";
        }
    }

    private static String strict(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "error";
        }
    }

    private static void assertNotUtf8(String type, int field, String message) throws IOException {
        var value = value(type, e -> fields(e, field, "x"));

        assertThatThrownBy(() -> decoder.decode(Records.input(value)))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("caf");
    }

    /** All fields, one of which is not UTF-8. */
    private static void fields(Encoder e, int bad, String good) throws IOException {
        var bytes = good.getBytes(StandardCharsets.UTF_8);
        e.writeBytes(bad == 0 ? LATIN_1 : bytes);
        e.writeBytes(bad == 1 ? LATIN_1 : bytes);
        e.writeIndex(1);
        e.writeBytes(bad == 2 ? LATIN_1 : bytes);
        e.writeIndex(1);
        e.writeBytes(bad == 3 ? LATIN_1 : bytes);
        e.writeLong(1);
        e.writeString("k");
        e.writeBytes(bad == 4 ? LATIN_1 : bytes);
        e.writeLong(0);
    }

    private static byte[] value(String type, StubRegistry.Writing writing) throws IOException {
        var schema = "{\"type\":\"record\",\"name\":\"TextEvent\",\"namespace\":\"dev.lexstream.event\",\"fields\":["
                + "{\"name\":\"id\",\"type\":\"TYPE\"},{\"name\":\"text\",\"type\":\"TYPE\"},"
                + "{\"name\":\"language\",\"type\":[\"null\",\"TYPE\"]},"
                + "{\"name\":\"source\",\"type\":[\"null\",\"TYPE\"]},"
                + "{\"name\":\"attributes\",\"type\":{\"type\":\"map\",\"values\":\"TYPE\"}}]}";
        return StubRegistry.value(server.add(schema.replace("TYPE", type)), StubRegistry.avro(writing));
    }
}
