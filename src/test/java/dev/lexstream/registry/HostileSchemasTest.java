package dev.lexstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.TextEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever text the registry holds as the writer's schema, its records are read or blamed, soon, and it is parsed once. */
class HostileSchemasTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String REQUIRED =
            "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"text\",\"type\":\"string\"}";

    private static StubRegistry server;
    private static SchemaRegistry registry;
    private static AvroDeserializer<TextEvent> deserializer;

    @BeforeAll
    @BeforeContainer
    static void start() throws IOException {
        server = new StubRegistry();
        registry = server.connect();
        deserializer = new AvroDeserializer<>(registry, TextEvent.class);
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        registry.close();
        server.close();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad(
                        "arrays nested 1,000 deep",
                        field(arrays(1_000)),
                        "JSON nested 501 deep or deeper; allowed are 500"),
                bad("arrays nested 40,000 deep", field(arrays(40_000)), "JSON nested 501 deep"),
                bad("maps nested deep", field(nest("{\"type\":\"map\",\"values\":", 5_000)), "JSON nested 501 deep"),
                bad("types nested deep", field(nest("{\"type\":", 50_000)), "JSON nested 501 deep"),
                bad("brackets that never end", "[".repeat(500_000), "JSON nested 501 deep"),
                bad("a deep default", field("\"int\",\"default\":" + "[".repeat(600) + "]".repeat(600)), "JSON nested"),
                bad("a property that is deep", field("{\"type\":\"int\",\"p\":" + "[".repeat(9_000)), "JSON nested"),
                bad("too long", field("\"int\",\"doc\":\"" + "d".repeat(1 << 20) + "\""), "1048576"),
                bad("no JSON", "{\"type\":", "not valid Avro"),
                bad("no text", "", "not valid Avro"),
                bad("an unknown type", field("\"no-such-type\""), "not valid Avro"),
                bad("a union in a union", field("[\"null\",[\"int\"]]"), "not valid Avro"),
                bad("a record without name", "{\"type\":\"record\",\"fields\":[]}", "not valid Avro"),
                bad(
                        "fields that are none",
                        "{\"type\":\"record\",\"name\":\"TextEvent\",\"fields\":7}",
                        "not valid Avro"),
                bad("a fixed of negative size", field("{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}"), ""),
                bad("a field twice", field("\"int\"},{\"name\":\"more\",\"type\":\"int\""), "not valid Avro"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void givenATextThatIsNoSchemaWhenItsRecordsAreReadThenTheyAreBlamedAndItIsAskedForOnce(
            String name, String text, String message) {
        var id = server.add(text);
        server.requests().clear();

        Assertions.assertTimeout(SOON, () -> {
            for (var i = 0; i < 3; i++) {
                assertThatThrownBy(() -> read(id))
                        .isInstanceOf(WireFormatException.class)
                        .hasMessageStartingWith("schema id " + id + " ")
                        .hasMessageContaining(message);
            }
        });
        assertThat(server.requests()).hasSize(1);
    }

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("arrays nested 100 deep", field(arrays(100))),
                // all but one without a byte in the record
                Arguments.of(
                        "5,000 fields",
                        field("\"boolean\""
                                + IntStream.range(0, 5_000)
                                        .mapToObj(i -> "},{\"name\":\"f" + i + "\",\"type\":\"null\"")
                                        .collect(Collectors.joining()))),
                Arguments.of(
                        "a union of 5,000 records",
                        field("[\"null\""
                                + IntStream.range(0, 5_000)
                                        .mapToObj(i -> ",{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[]}")
                                        .collect(Collectors.joining())
                                + "]")),
                Arguments.of("records that name each other", field(mutual())),
                Arguments.of("a record of two of the next, forty times", field("[\"null\"," + doubling() + "]")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void givenALargeSchemaWhenItsRecordsAreReadThenTheyAreThereSoon(String name, String text) {
        var id = server.add(text);

        var event = Assertions.assertTimeout(SOON, () -> read(id));

        assertThat(event.getText()).isEqualTo("t");
    }

    @Test
    void givenASchemaWithAReferenceWhenItIsGoodThenItsRecordsAreRead() {
        server.addSubject("Part", "{\"type\":\"record\",\"name\":\"Part\",\"fields\":[]}");
        var id = server.add(field("[\"null\",\"Part\"]"), List.of("Part"));

        assertThat(read(id).getText()).isEqualTo("t");
    }

    @Test
    void givenASchemaWithAReferenceWhenEitherIsBadThenItsRecordsAreBlamed() {
        server.addSubject("Good", "{\"type\":\"record\",\"name\":\"Good\",\"fields\":[]}");
        server.addSubject("Bad", "{\"type\":\"record\",\"name\":\"Bad\"}");
        server.addSubject(
                "Deep",
                "{\"type\":\"record\",\"name\":\"Deep\",\"fields\":[{\"name\":\"a\",\"type\":" + arrays(20_000)
                        + "}]}");

        for (var id : new int[] {
            server.add(field("\"no-such-type\""), List.of("Good")),
            server.add(field("[\"null\",\"Bad\"]"), List.of("Bad")),
            server.add(field("[\"null\",\"Deep\"]"), List.of("Deep"))
        }) {
            assertThatThrownBy(() -> read(id)).isInstanceOf(WireFormatException.class);
            server.requests().clear();
            assertThatThrownBy(() -> read(id)).isInstanceOf(WireFormatException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void givenNamesOfAnyCharactersAndLengthWhenTheirRecordsAreBlamedThenNoMessageIsLongOrHasControlCharacters() {
        var name = "A\\u001b[31m\\u202e" + "x".repeat(100_000);

        for (var text : new String[] {
            "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]}",
            "{\"type\":\"" + name + "\"}",
            field("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[]},\"doc\":\"" + name + "\""),
            field("\"int\"},{\"name\":\"" + name + "\",\"type\":\"string\"")
        }) {
            var id = server.add(text);
            assertThatThrownBy(() -> read(id))
                    .isInstanceOf(WireFormatException.class)
                    .satisfies(failure -> {
                        for (var cause = failure; cause != null; cause = cause.getCause()) {
                            assertThat(cause.getMessage()).hasSizeLessThan(1100);
                            assertThat(cause.getMessage().codePoints())
                                    .noneMatch(
                                            c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
                        }
                    });
        }
    }

    @Property(tries = 200)
    void givenAnyTextWhenItsRecordsAreReadThenTheOnlyErrorIsThatTheyAreUnreadable(
            @ForAll String any, @ForAll @IntRange(max = 400) int at, @ForAll boolean cut) {
        var whole = field("[\"null\",\"int\",{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}]");
        var split = Math.min(at, whole.length());
        var id = server.add(whole.substring(0, split) + any + (cut ? "" : whole.substring(split)));

        assertThat(outcome(id)).isIn("record", "data error");
    }

    private static String outcome(int id) {
        try {
            read(id);
            return "record";
        } catch (WireFormatException e) {
            return "data error";
        }
    }

    /** An event with "i" and "t", and a 0 in the field after them. */
    private static TextEvent read(int id) {
        return deserializer.deserialize("t", StubRegistry.value(id, "\2i\2t\0".getBytes(StandardCharsets.US_ASCII)));
    }

    private static Arguments bad(String name, String text, String message) {
        return Arguments.of(name, text, message);
    }

    private static String field(String type) {
        return "{\"type\":\"record\",\"name\":\"TextEvent\",\"namespace\":\"dev.lexstream.event\",\"fields\":["
                + REQUIRED + ",{\"name\":\"more\",\"type\":" + type + "}]}";
    }

    private static String arrays(int depth) {
        return nest("{\"type\":\"array\",\"items\":", depth);
    }

    private static String nest(String open, int depth) {
        return open.repeat(depth) + "\"int\"" + "}".repeat(depth);
    }

    /** Sixty records, each with a field of each. */
    private static String mutual() {
        var text = new StringBuilder("[\"null\"");
        for (var i = 0; i < 60; i++) {
            text.append(",{\"type\":\"record\",\"name\":\"M").append(i).append("\",\"fields\":[");
            for (var j = 0; j <= i; j++) {
                text.append(j == 0 ? "" : ",").append("{\"name\":\"f" + j + "\",\"type\":[\"null\",\"M" + j + "\"]}");
            }
            text.append("]}");
        }
        return text.append(']').toString();
    }

    private static String doubling() {
        var text = "{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}";
        for (var i = 1; i <= 40; i++) {
            text = "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"a\",\"type\":" + text
                    + "},{\"name\":\"b\",\"type\":\"R" + (i - 1) + "\"}]}";
        }
        return text;
    }
}
