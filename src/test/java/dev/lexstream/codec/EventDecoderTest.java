package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.event.Attribute;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.Header;
import dev.lexstream.event.Headers;
import dev.lexstream.event.TextEvent;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static EventEncoder encoder;
    private static EventDecoder decoder;

    @BeforeAll
    @BeforeContainer
    static void start() {
        server = LocalRegistry.start();
        registry = SchemaRegistry.connect(Map.of("schema.registry.url", server.url()));
        encoder = EventEncoder.avro(registry);
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
        var value = new AvroSerializer<>(registry, dev.lexstream.avro.TextEvent.class)
                .serialize(TOPIC, Records.textEvent());

        assertThat(decode(value)).isEqualTo(Records.event());
        assertThat(encoder.encode(TOPIC, Records.event())).isEqualTo(value);
    }

    @Test
    void givenARecordWithKeyAndHeadersWhenDecodedThenTheEventHasItsEnvelope() {
        var key = new byte[] {1, 2};
        var headers = new Headers(
                List.of(new Header("b", new byte[] {3}), new Header("a", null), new Header("b", new byte[0])));
        var envelope = new Envelope(TOPIC, 1000, key, headers);
        var value = encoder.encode(TOPIC, Records.event());

        var event = decoder.decode(new InputRecord(envelope, 3, 7, value));

        assertThat(event.envelope()).isSameAs(envelope);
        assertThat(event.id()).isEqualTo("e-1");
    }

    @Property(tries = 500)
    void givenAnyWellFormedTextWhenDecodedThenItComesBackOrIsBlank(@ForAll String text, @ForAll String id) {
        var event = event("x" + wellFormed(id), "." + wellFormed(text));
        var value = encoder.encode(TOPIC, event);

        assertThat(decode(value)).isEqualTo(event);
    }

    @Property(tries = 1000)
    void givenAnyBytesWhenDecodedThenTheOnlyErrorIsThatTheyAreUndecodable(@ForAll byte[] bytes) {
        var header = Arrays.copyOf(encoder.encode(TOPIC, Records.event()), 5);
        var value = ByteBuffer.allocate(5 + bytes.length).put(header).put(bytes).array();

        assertThat(outcome(value)).isIn("event", "undecodable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"🙂", "\u0301", "\u0301\u0302\u0303", "👩‍👩‍👧‍👦", "�", "。", "\uD83E\uDEE0", "0"})
    void givenATextWithSomethingVisibleWhenDecodedThenItIsValid(String text) {
        var value = encoder.encode(TOPIC, event("e-1", text));

        assertThat(decode(value).text()).isEqualTo(text);
    }

    @Test
    void givenATextOf100000CharactersWhenDecodedThenItIsValid() {
        var text = "word ".repeat(20_000);
        var value = encoder.encode(TOPIC, event("e-1", text));

        assertThat(decode(value).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t\r\n", "\u00A0\u2003\u3000", "\u200B\u200D\uFEFF", "\u0000\u0007", "\u3164\u2800"})
    void givenABlankTextWhenDecodedThenTheErrorSaysSo(String text) {
        var value = encoder.encode(TOPIC, event("e-1", text));

        assertThatThrownBy(() -> decode(value))
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
        var good = encoder.encode(TOPIC, TextEvent.of("e-1", "tea", Optional.of("en")));

        assertThatThrownBy(() -> decode(spoil.apply(good)))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining(message);
    }

    @Test
    void givenAnEventThatBreaksTwoRulesWhenDecodedThenTheErrorNamesBoth() {
        var value = encoder.encode(TOPIC, event("", ""));

        assertThatThrownBy(() -> decode(value))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("id is empty; text is empty; allowed are a non-empty id, a text with a visible code point"
                        + " and well-formed Unicode");
    }

    @Test
    void givenALoneSurrogateInAnEventOfAnyFormatWhenCheckedThenTheErrorNamesTheField() {
        var event = new TextEvent(
                "e-1",
                Map.of("text", "tea"),
                Optional.empty(),
                Optional.of("\uD83D"),
                Optional.empty(),
                Map.of("a", Attribute.of("\uDE00")),
                Envelope.NONE);

        assertThatThrownBy(() -> EventRules.check(event))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageStartingWith("source has a lone surrogate; value of an attribute has a lone surrogate;");
    }

    @Test
    void givenAnEventOfTwoTextsWhenCheckedThenTheFirstHasToBeVisibleAndBothWellFormed() {
        var rules = "; allowed are a non-empty id, a text with a visible code point and well-formed Unicode";

        assertThatThrownBy(() -> EventRules.check(event("title", " ", "body", "tea")))
                .hasMessage("title has 1 code points, none of them visible" + rules);
        assertThatThrownBy(() -> EventRules.check(event("title", "tea", "body", "\uDE00")))
                .hasMessage("body has a lone surrogate" + rules);
        EventRules.check(event("title", "tea", "body", ""));
    }

    @Test
    void givenARegistryThatIsAwayWhenDecodedThenItIsNotTheValueThatIsBlamed() {
        var gone = LocalRegistry.start();
        gone.close();
        var settings = Map.of("schema.registry.url", gone.url(), "max.retries", 1, "retries.wait.ms", 1);
        var value = encoder.encode(TOPIC, Records.event());

        try (var away = SchemaRegistry.connect(settings)) {
            assertThatThrownBy(() -> EventDecoder.avro(away).decode(Records.input(value)))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .isNotInstanceOf(WireFormatException.class)
                    .hasMessageContaining("2 attempts");
        }
    }

    @Test
    void givenAnEnrichedEventWhenEncodedThenAConsumerReadsItBack() {
        var value = EnrichedTextEncoder.avro(registry).encode("enriched", Records.enrichedEvent());

        var read = new AvroDeserializer<>(registry, EnrichedText.class).deserialize("enriched", value);

        assertThat(read).isEqualTo(EnrichedTexts.of(Records.enrichedEvent()));
    }

    private static String outcome(byte[] value) {
        try {
            decode(value);
            return "event";
        } catch (UndecodableEventException e) {
            return "undecodable";
        }
    }

    private static TextEvent decode(byte[] value) {
        return decoder.decode(Records.input(value));
    }

    private static TextEvent event(String id, String text) {
        return TextEvent.of(id, text, Optional.empty());
    }

    private static TextEvent event(String first, String text, String second, String other) {
        var texts = new LinkedHashMap<String, String>();
        texts.put(first, text);
        texts.put(second, other);
        return new TextEvent(
                "e-1", texts, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Envelope.NONE);
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
