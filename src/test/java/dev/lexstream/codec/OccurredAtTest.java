package dev.lexstream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.StubRegistry;
import java.io.IOException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.avro.io.Encoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In whatever unit a writer counts time, the event occurred when the writer says. */
class OccurredAtTest {
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
    @CsvSource({
        "long, timestamp-millis,             1772000000000, 2026-02-25T06:13:20Z",
        "long, timestamp-micros,          1772000000000999, 2026-02-25T06:13:20Z",
        "long, timestamp-nanos,        1772000000000999999, 2026-02-25T06:13:20Z",
        "long, local-timestamp-millis,       1772000000001, 2026-02-25T06:13:20.001Z",
        "long, local-timestamp-micros,    1772000000001000, 2026-02-25T06:13:20.001Z",
        "long, local-timestamp-nanos,  1772000000001000000, 2026-02-25T06:13:20.001Z",
        "int,  date,                                 20509, 2026-02-25T00:00:00Z",
        "long, timestamp-micros,                        -1, 1969-12-31T23:59:59.999Z",
        "long, timestamp-nanos,                   -1000001, 1969-12-31T23:59:59.998Z",
        "int,  date,                                    -1, 1969-12-31T00:00:00Z",
        "int,  date,                           -2147483648, -5877641-06-23T00:00:00Z",
        "int,  date,                            2147483647, +5881580-07-11T00:00:00Z",
        "long, timestamp-micros,       9223372036854775807, +294247-01-10T04:00:54.775Z",
        "long, timestamp-nanos,       -9223372036854775808, 1677-09-21T00:12:43.145Z",
        // what Avro does not know is the number alone, as its specification says
        "long, of-my-own,                    1772000000000, 2026-02-25T06:13:20Z",
        "int,  timestamp-micros,                      1000, 1970-01-01T00:00:01Z",
        "long, date,                                  1000, 1970-01-01T00:00:01Z"
    })
    void givenATypeOfTimeWhenDecodedThenItIsTheSameInstantInMilliseconds(
            String type, String logical, long number, String instant) throws IOException {
        var time = time(type, logical);
        var expected = Instant.parse(instant);

        assertThat(occurredAt(time, e -> write(e, type, number))).isEqualTo(expected);
        assertThat(occurredAt("[\"null\"," + time + "]", e -> {
                    e.writeIndex(1);
                    write(e, type, number);
                }))
                .isEqualTo(expected);
        assertThat(occurredAt("[" + time + ",\"null\"]", e -> {
                    e.writeIndex(0);
                    write(e, type, number);
                }))
                .isEqualTo(expected);
        assertThat(occurredAt("[\"null\"," + time + "]", e -> e.writeIndex(0))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"int, 1000", "long, 1772000000000"})
    void givenANumberWithoutLogicalTypeWhenDecodedThenItIsMilliseconds(String type, long number) throws IOException {
        assertThat(occurredAt("\"" + type + "\"", e -> write(e, type, number))).isEqualTo(Instant.ofEpochMilli(number));
        assertThat(occurredAt("[\"null\",\"" + type + "\"]", e -> {
                    e.writeIndex(1);
                    write(e, type, number);
                }))
                .isEqualTo(Instant.ofEpochMilli(number));
    }

    @Test
    void givenAUnionOfDateAndMicrosecondsWhenDecodedThenEachBranchHasItsUnit() throws IOException {
        var union = "[" + time("int", "date") + ",\"null\"," + time("long", "timestamp-micros") + "]";

        assertThat(occurredAt(union, e -> {
                    e.writeIndex(0);
                    e.writeInt(1);
                }))
                .isEqualTo(Instant.parse("1970-01-02T00:00:00Z"));
        assertThat(occurredAt(union, e -> {
                    e.writeIndex(2);
                    e.writeLong(1_000_000);
                }))
                .isEqualTo(Instant.parse("1970-01-01T00:00:01Z"));
    }

    @Test
    void givenAUnionOfAPlainNumberAndMicrosecondsWhenDecodedThenThePlainNumberIsMilliseconds() throws IOException {
        assertThat(occurredAt("[\"int\"," + time("long", "timestamp-micros") + "]", e -> {
                    e.writeIndex(0);
                    e.writeInt(1000);
                }))
                .isEqualTo(Instant.parse("1970-01-01T00:00:01Z"));
    }

    @Property(tries = 300)
    void givenAnyMicrosecondsWhenDecodedThenTheMillisecondIsTheOneTheyAreIn(@ForAll long micros) throws IOException {
        var instant = occurredAt(time("long", "timestamp-micros"), e -> e.writeLong(micros));

        assertThat(micros - instant.toEpochMilli() * 1000).isBetween(0L, 999L);
    }

    @ParameterizedTest
    @CsvSource({"int, time-millis", "long, time-micros"})
    void givenATimeOfDayWhenDecodedThenItIsADataErrorThatSaysWhatIsAllowed(String type, String logical)
            throws IOException {
        var time = time(type, logical);

        assertThatThrownBy(() -> occurredAt(time, e -> write(e, type, 1234)))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContainingAll("occurredAt", logical, "allowed are", "timestamp-micros", "date")
                .message()
                .doesNotContain("1234");
        assertThat(occurredAt("[\"null\"," + time + "]", e -> e.writeIndex(0))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"string\"", "\"double\"", "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":3}"})
    void givenATypeThatIsNoWholeNumberWhenDecodedThenItIsADataError(String type) {
        assertThatThrownBy(() -> occurredAt(type, e -> {
                    e.writeLong(0);
                    if (type.contains("double")) {
                        e.writeFixed(new byte[7]);
                    }
                }))
                .isInstanceOf(UndecodableEventException.class);
    }

    private static String time(String type, String logical) {
        return "{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}";
    }

    private static void write(Encoder encoder, String type, long number) throws IOException {
        if (type.equals("int")) {
            encoder.writeInt(Math.toIntExact(number));
        } else {
            encoder.writeLong(number);
        }
    }

    private static Instant occurredAt(String type, StubRegistry.Writing time) throws IOException {
        var id = server.add(
                "{\"type\":\"record\",\"name\":\"TextEvent\",\"namespace\":\"dev.lexstream.event\",\"fields\":["
                        + "{\"name\":\"occurredAt\",\"type\":" + type + "},"
                        + "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"text\",\"type\":\"string\"}]}");
        var avro = StubRegistry.avro(e -> {
            time.write(e);
            e.writeString("e-1");
            e.writeString("Tea at four.");
        });
        var event = decoder.decode(Records.input(StubRegistry.value(id, avro)));
        assertThat(event.text()).isEqualTo("Tea at four.");
        return event.occurredAt().orElse(null);
    }
}
