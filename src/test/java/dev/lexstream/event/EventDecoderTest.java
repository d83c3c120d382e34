package dev.lexstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.TextEvent;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.registry.AvroDeserializer;
import dev.lexstream.registry.AvroSerializer;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.WireFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each value becomes an event that can be enriched or an error that says why not, and outages are neither. */
class EventDecoderTest {
    private static final String TOPIC = "texts";

    private static LocalRegistry server;
    private static SchemaRegistry registry;
    private static AvroSerializer<TextEvent> serializer;
    private static EventDecoder decoder;

    @BeforeAll
    @BeforeContainer
    static void start() {
        server = LocalRegistry.start();
        registry = SchemaRegistry.connect(Map.of("schema.registry.url", server.url()));
        serializer = new AvroSerializer<>(registry, TextEvent.class);
        decoder = EventDecoder.avro(registry);
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        registry.close();
        server.close();
    }

    @Test
    void givenAnEventWithAllFieldsWhenDecodedThenAllAreThere() {
        var value = serializer.serialize(TOPIC, Records.textEvent());

        assertThat(decoder.decode(TOPIC, value)).isEqualTo(Records.textEvent());
    }

    @Property(tries = 500)
    void givenAnyWellFormedTextWhenDecodedThenItComesBackOrIsBlank(@ForAll String text, @ForAll String id) {
        var event = event("x" + wellFormed(id), "." + wellFormed(text));
        var value = serializer.serialize(TOPIC, event);

        assertThat(decoder.decode(TOPIC, value)).isEqualTo(event);
    }

    @Property(tries = 1000)
    void givenAnyBytesWhenDecodedThenTheOnlyErrorIsThatTheyAreUndecodable(@ForAll byte[] bytes) {
        var header = Arrays.copyOf(serializer.serialize(TOPIC, Records.textEvent()), 5);
        var value = ByteBuffer.allocate(5 + bytes.length).put(header).put(bytes).array();

        assertThat(outcome(value)).isIn("event", "undecodable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"🙂", "\u0301", "\u0301\u0302\u0303", "👩‍👩‍👧‍👦", "�", "。", "\uD83E\uDEE0", "0"})
    void givenATextWithSomethingVisibleWhenDecodedThenItIsValid(String text) {
        var value = serializer.serialize(TOPIC, event("e-1", text));

        assertThat(decoder.decode(TOPIC, value).getText()).isEqualTo(text);
    }

    @Test
    void givenATextOf100000CharactersWhenDecodedThenItIsValid() {
        var text = "word ".repeat(20_000);
        var value = serializer.serialize(TOPIC, event("e-1", text));

        assertThat(decoder.decode(TOPIC, value).getText()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t\r\n", "\u00A0\u2003\u3000", "\u200B\u200D\uFEFF", "\u0000\u0007", "\u3164\u2800"})
    void givenABlankTextWhenDecodedThenTheErrorSaysSo(String text) {
        var value = serializer.serialize(TOPIC, event("e-1", text));

        assertThatThrownBy(() -> decoder.decode(TOPIC, value))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageStartingWith("text has %d code points, none of them visible", text.length());
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad("tombstone", "null (a tombstone)", value -> null),
                bad("no bytes", "0 bytes; allowed are 5", value -> new byte[0]),
                bad("half a header", "4 bytes; allowed are 5", value -> Arrays.copyOf(value, 4)),
                bad("wrong magic byte", "magic byte is 0x7b; allowed is 0x00", value -> with(value, 0, "7b")),
                bad("unknown schema id", "schema id 1879048193 is unknown", value -> with(value, 1, "70000001")),
                bad("header alone", "ends within a field", value -> Arrays.copyOf(value, 5)),
                bad("truncated", "ends within a field", value -> Arrays.copyOf(value, value.length - 3)),
                bad("trailing bytes", "2 bytes after the record", value -> Arrays.copyOf(value, value.length + 2)),
                bad("2 GiB string", "ends within a field", value -> with(value, 5, "feffffff0f")),
                bad("negative length", "length is negative", value -> with(value, 5, "01")),
                bad("bad union branch", "not readable", value -> replace(value, "04656e", "7c656e")),
                bad("not UTF-8", "not valid UTF-8", value -> replace(value, "746561", "ff6561")),
                bad("lone surrogate", "not valid UTF-8", value -> replace(value, "746561", "eda080")),
                bad("overlong UTF-8", "not valid UTF-8", value -> replace(value, "746561", "c08061")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badValues")
    void givenABadValueWhenDecodedThenTheErrorSaysWhatWasFound(
            String name, String message, UnaryOperator<byte[]> spoil) {
        var good = serializer.serialize(
                TOPIC,
                TextEvent.newBuilder(event("e-1", "tea")).setLanguage("en").build());

        assertThatThrownBy(() -> decoder.decode(TOPIC, spoil.apply(good)))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining(message);
    }

    @Test
    void givenAnEventThatBreaksTwoRulesWhenDecodedThenTheErrorNamesBoth() {
        var value = serializer.serialize(TOPIC, event("", ""));

        assertThatThrownBy(() -> decoder.decode(TOPIC, value))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("id is empty; text is empty; allowed are a non-empty id, a text with a visible code point"
                        + " and well-formed Unicode");
    }

    @Test
    void givenALoneSurrogateInAnEventOfAnyFormatWhenCheckedThenTheErrorNamesTheField() {
        var event = TextEvent.newBuilder(event("e-1", "tea"))
                .setSource("\uD83D")
                .setAttributes(Map.of("a", "\uDE00"))
                .build();

        assertThatThrownBy(() -> EventRules.check(event))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageStartingWith("source has a lone surrogate; value of an attribute has a lone surrogate;");
    }

    @Test
    void givenARegistryThatIsAwayWhenDecodedThenItIsNotTheValueThatIsBlamed() {
        var gone = LocalRegistry.start();
        gone.close();
        var settings = Map.of("schema.registry.url", gone.url(), "max.retries", 1, "retries.wait.ms", 1);
        var value = serializer.serialize(TOPIC, Records.textEvent());

        try (var away = SchemaRegistry.connect(settings)) {
            assertThatThrownBy(() -> EventDecoder.avro(away).decode(TOPIC, value))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .isNotInstanceOf(WireFormatException.class)
                    .hasMessageContaining("2 attempts");
        }
    }

    @Test
    void givenAnEnrichedTextWhenEncodedThenAConsumerReadsItBack() {
        var value = EnrichedTextEncoder.avro(registry).encode("enriched", Records.enrichedText());

        var read = new AvroDeserializer<>(registry, EnrichedText.class).deserialize("enriched", value);

        assertThat(read).isEqualTo(Records.enrichedText());
    }

    private static String outcome(byte[] value) {
        try {
            decoder.decode(TOPIC, value);
            return "event";
        } catch (UndecodableEventException e) {
            return "undecodable";
        }
    }

    private static TextEvent event(String id, String text) {
        return TextEvent.newBuilder().setId(id).setText(text).build();
    }

    /** The string with its lone surrogates replaced, as UTF-8 cannot hold them. */
    private static String wellFormed(String string) {
        return new String(string.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Arguments bad(String name, String message, UnaryOperator<byte[]> spoil) {
        return Arguments.of(name, message, spoil);
    }

    private static byte[] with(byte[] value, int at, String hex) {
        var bytes = HexFormat.of().parseHex(hex);
        var copy = Arrays.copyOf(value, Math.max(value.length, at + bytes.length));
        System.arraycopy(bytes, 0, copy, at, bytes.length);
        return copy;
    }

    private static byte[] replace(byte[] value, String hex, String by) {
        var text = HexFormat.of().formatHex(value);
        assertThat(text).contains(hex);
        return HexFormat.of().parseHex(text.replaceFirst(hex, by));
    }
}
