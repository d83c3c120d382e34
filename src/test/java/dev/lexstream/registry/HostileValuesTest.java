package dev.lexstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.avro.TextEvent;
import dev.lexstream.registry.StubRegistry.Writing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.avro.io.Encoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes and whatever the writer's schema: a record or a data error, soon, and with little memory. */
class HostileValuesTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Writers' schemas of one more field, which the reader skips, as the field's type. */
    private static final String REPLY = "[\"null\",\"TextEvent\"]";

    private static final String ARRAYS = "{\"type\":\"array\",\"items\":\"TextEvent\"}";
    private static final String MAPS = "{\"type\":\"map\",\"values\":\"TextEvent\"}";
    private static final String ITSELF =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}";
    private static final String NULLS = "{\"type\":\"array\",\"items\":\"null\"}";
    private static final String NULL_LISTS = "{\"type\":\"array\",\"items\":" + NULLS + "}";
    private static final String EMPTY_RECORDS =
            "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"E\",\"fields\":[]}}";
    private static final String NULL_VALUES = "{\"type\":\"map\",\"values\":\"null\"}";
    private static final String ENUM = "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}";
    private static final String NUMBERS = "{\"type\":\"array\",\"items\":\"long\"}";
    private static final String FIXED = "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483639}";

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

    /**
     * A way to be nested.
     *
     * @param type of the field that nests
     * @param open writes what comes before one level
     * @param closes whether each level is followed by a 0
     */
    record Nesting(String type, Writing open, boolean closes) {
        Writing deep(int depth) {
            return e -> {
                for (var i = 0; i < depth; i++) {
                    open.write(e);
                    required(e);
                }
                for (var i = 0; i <= (closes ? depth : 0); i++) {
                    e.writeLong(0);
                }
            };
        }
    }

    static Stream<Nesting> nestings() {
        return Stream.of(
                new Nesting(REPLY, e -> e.writeIndex(1), false),
                new Nesting(ARRAYS, e -> e.writeLong(1), true),
                new Nesting(
                        MAPS,
                        e -> {
                            e.writeLong(1);
                            e.writeString("k");
                        },
                        true));
    }

    @ParameterizedTest
    @MethodSource("nestings")
    void givenAFieldNestedDeepWhenSkippedThenItIsADataErrorThatNamesTheDepthAllowed(Nesting nesting)
            throws IOException {
        for (var depth : new int[] {300, 6_000, 1_000_000}) {
            assertRefused(
                    nesting.type(),
                    nesting.deep(depth),
                    "field more: ",
                    "nested 257 deep or deeper",
                    "allowed are 256");
        }
    }

    @ParameterizedTest
    @MethodSource("nestings")
    void givenAFieldNestedAsDeepAsRecordsAreWhenSkippedThenTheRecordIsRead(Nesting nesting) throws IOException {
        assertThat(read(nesting.type(), nesting.deep(100)).getId()).isEqualTo("i");
    }

    @Test
    void givenAFieldThatIsReadNestedDeepWhenReadThenItIsADataError() throws IOException {
        var tree = "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"t\",\"type\":[\"null\",\"T\"]}]}";
        var id = server.add(
                schema("{\"name\":\"attributes\",\"type\":[{\"type\":\"map\",\"values\":\"string\"}," + tree + "]}"));
        var avro = StubRegistry.avro(e -> {
            required(e);
            for (var i = 0; i < 100_000; i++) {
                e.writeIndex(1);
            }
            e.writeIndex(0);
        });

        assertDataError(id, avro, "field attributes: ", "nested 257 deep");
    }

    @Test
    void givenARecordThatHoldsItselfInNoBytesWhenSkippedThenItIsADataError() throws IOException {
        assertRefused(ITSELF, e -> {}, "nested 257 deep");
    }

    @Test
    void givenADeepValueWhenTheStackIsSmallThenItIsADataErrorStill() throws Exception {
        var id = server.add(schema("{\"name\":\"more\",\"type\":" + REPLY + "}"));
        var value = StubRegistry.value(id, StubRegistry.avro(e -> {
            required(e);
            for (var i = 0; i < 6_000; i++) {
                e.writeIndex(1);
                required(e);
            }
            e.writeIndex(0);
        }));
        var failures = new Throwable[1];
        var thread = new Thread(
                null,
                () -> {
                    try {
                        deserializer.deserialize("t", value);
                    } catch (WireFormatException e) {
                        failures[0] = e;
                    }
                },
                "small",
                256 * 1024);

        thread.start();
        thread.join();

        assertThat(failures[0]).isInstanceOf(WireFormatException.class);
    }

    @Test
    void givenItemsOfNoBytesWhenThereAreBillionsThenItIsADataErrorAtOnce() throws IOException {
        for (var type : new String[] {NULLS, EMPTY_RECORDS}) {
            assertRefused(type, e -> e.writeLong(Integer.MAX_VALUE), "claims 2147483647 items");
            assertRefused(type, e -> e.writeLong(Long.MAX_VALUE), "claims 9223372036854775807 items");
            assertRefused(
                    type,
                    e -> {
                        e.writeLong(Long.MIN_VALUE);
                        e.writeLong(0);
                    },
                    "claims ");
            assertRefused(
                    type,
                    e -> {
                        e.writeLong(-2_000_000_000L);
                        e.writeLong(0);
                        e.writeLong(0);
                    },
                    "claims 2000000000 items");
        }
        assertRefused(NULL_VALUES, e -> e.writeLong(Integer.MAX_VALUE), "claims 2147483647 items");
    }

    @Test
    void givenManyListsOfAsManyNullsAsBytesAreLeftWhenSkippedThenTimeDoesNotGrowWithTheirProduct() throws IOException {
        assertRefused(
                NULL_LISTS,
                e -> {
                    e.writeLong(200_000);
                    for (var i = 0; i < 200_000; i++) {
                        e.writeLong(200_000);
                        e.writeLong(0);
                    }
                    e.writeLong(0);
                },
                "items");
    }

    @Test
    void givenARecordOfTwoOfTheNextFortyTimesWhenSkippedThenItIsADataErrorSoon() throws IOException {
        var type = new StringBuilder("{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
        for (var i = 1; i <= 40; i++) {
            type.insert(0, "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"a\",\"type\":")
                    .append("},{\"name\":\"b\",\"type\":\"R" + (i - 1) + "\"}]}");
        }

        assertRefused(type.toString(), e -> {}, "more values");
    }

    @Test
    void givenAFewItemsOfNoBytesWhenSkippedThenTheRecordIsRead() throws IOException {
        for (var type : new String[] {NULLS, EMPTY_RECORDS}) {
            for (var count : new int[] {0, 3, 5_000}) {
                assertThat(read(type, e -> {
                                    if (count > 0) {
                                        e.writeLong(count);
                                    }
                                    e.writeLong(0);
                                })
                                .getId())
                        .isEqualTo("i");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void givenAnIndexThatIsNotThereWhenSkippedThenItIsADataErrorThatSaysWhatIs(int index) throws IOException {
        assertRefused(REPLY, e -> e.writeInt(index), "field more: union branch is " + index + "; allowed are 0 to 1");
        assertRefused(ENUM, e -> e.writeInt(index), "field more: enum symbol is " + index + "; allowed are 0 to 1");
    }

    @Test
    void givenABlockOfAnotherSizeThanItSaysWhenSkippedThenItIsADataError() throws IOException {
        for (var size : new int[] {1, 3, -2, Integer.MAX_VALUE}) {
            assertRefused(
                    NUMBERS,
                    e -> {
                        e.writeLong(-2);
                        e.writeLong(size);
                        e.writeLong(1);
                        e.writeLong(2);
                        e.writeLong(0);
                    },
                    "block of 2 bytes claims " + size);
        }
        assertThat(read(NUMBERS, e -> {
                            e.writeLong(-2);
                            e.writeLong(2);
                            e.writeLong(1);
                            e.writeLong(2);
                            e.writeLong(0);
                        })
                        .getId())
                .isEqualTo("i");
    }

    @Test
    void givenMoreThanTheValueHoldsWhenSkippedThenItIsADataError() throws IOException {
        assertRefused(FIXED, e -> e.writeLong(1), "ends within a field");
        assertRefused("\"string\"", e -> e.writeLong(Integer.MAX_VALUE), "ends within a field");
        assertRefused("\"bytes\"", e -> e.writeLong(-1), "length is negative");
        assertRefused("\"int\"", e -> e.writeLong(1L << 32), "does not fit 32 bits");
        assertRefused("\"null\"", e -> e.writeLong(1), "1 bytes after the record");
    }

    @Test
    void givenAnErrorOfTheMachineWhenReadThenItIsNotTheValueThatIsBlamed() {
        for (var error : new Error[] {new OutOfMemoryError("full"), new NoClassDefFoundError("gone")}) {
            // a port where nothing listens, so that the patience in between is asked for
            try (var away = SchemaRegistry.connect(Map.of("schema.registry.url", "http://127.0.0.1:1"), millis -> {
                throw error;
            })) {
                var reader = new AvroDeserializer<>(away, TextEvent.class);

                assertThatThrownBy(() -> reader.deserialize("t", StubRegistry.value(1, new byte[0])))
                        .isSameAs(error);
            }
        }
    }

    @Property(tries = 2000)
    void givenAnyBytesAndAnyOfManySchemasWhenReadThenTheOnlyErrorIsThatTheyAreUnreadable(
            @ForAll("types") String type, @ForAll("bytes") byte[] bytes) {
        var id = server.add(schema("{\"name\":\"more\",\"type\":" + type + "}"));
        // all wanted fields are there, so that bytes reach the field that differs
        var avro = concat(new byte[] {2, 'i', 2, 't'}, bytes);

        var outcome = Assertions.assertTimeout(SOON, () -> outcome(StubRegistry.value(id, avro)));

        assertThat(outcome).isIn("record", "data error");
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(
                REPLY,
                ARRAYS,
                MAPS,
                ITSELF,
                NULLS,
                NULL_LISTS,
                EMPTY_RECORDS,
                NULL_VALUES,
                ENUM,
                NUMBERS,
                FIXED,
                "[\"null\"," + NULLS + "," + MAPS + ",\"double\",\"float\",\"boolean\"]");
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        // small numbers are what lengths, counts and indexes are made of
        return Arbitraries.bytes()
                .edgeCases(cases -> cases.add((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) -1))
                .array(byte[].class)
                .ofMaxSize(60);
    }

    private static String outcome(byte[] value) {
        try {
            deserializer.deserialize("t", value);
            return "record";
        } catch (WireFormatException e) {
            return "data error";
        }
    }

    private static void required(Encoder e) throws IOException {
        e.writeString("i");
        e.writeString("t");
    }

    private static String schema(String field) {
        return "{\"type\":\"record\",\"name\":\"TextEvent\",\"namespace\":\"dev.lexstream.event\",\"fields\":["
                + "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"text\",\"type\":\"string\"}," + field + "]}";
    }

    private static byte[] avroOf(Writing more) throws IOException {
        return StubRegistry.avro(e -> {
            required(e);
            more.write(e);
        });
    }

    private static TextEvent read(String type, Writing more) throws IOException {
        var id = server.add(schema("{\"name\":\"more\",\"type\":" + type + "}"));
        return deserializer.deserialize("t", StubRegistry.value(id, avroOf(more)));
    }

    private static void assertRefused(String type, Writing more, String... messages) throws IOException {
        assertDataError(server.add(schema("{\"name\":\"more\",\"type\":" + type + "}")), avroOf(more), messages);
    }

    private static void assertDataError(int id, byte[] avro, String... messages) {
        var value = StubRegistry.value(id, avro);

        Assertions.assertTimeout(SOON, () -> assertThatThrownBy(() -> deserializer.deserialize("t", value))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContainingAll(messages));
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        return ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
    }
}
