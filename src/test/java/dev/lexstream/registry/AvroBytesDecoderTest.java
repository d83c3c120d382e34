package dev.lexstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.EncoderFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The decoder reads what Avro writes, of every type, and allocates nothing for what is not there. */
class AvroBytesDecoderTest {
    private static final Schema ALL = new Schema.Parser()
            .parse(
                    """
            {"type":"record","name":"All","fields":[
            {"name":"flag","type":"boolean"},{"name":"int","type":"int"},{"name":"long","type":"long"},
            {"name":"float","type":"float"},{"name":"double","type":"double"},{"name":"string","type":"string"},
            {"name":"bytes","type":"bytes"},{"name":"fixed","type":{"type":"fixed","name":"F","size":3}},
            {"name":"enum","type":{"type":"enum","name":"E","symbols":["A","B"]}},
            {"name":"union","type":["null","string"]},
            {"name":"array","type":{"type":"array","items":"long"}},
            {"name":"map","type":{"type":"map","values":"string"}}]}""");
    private static final Schema NONE =
            new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"All\",\"fields\":[]}");

    @Property(tries = 300)
    void givenARecordOfEveryTypeWhenReadThenItIsWhatAvroWroteAndSkippedItLeavesNothing(
            @ForAll boolean flag,
            @ForAll int integer,
            @ForAll long number,
            @ForAll float small,
            @ForAll double large,
            @ForAll String text,
            @ForAll @Size(max = 20) byte[] bytes,
            @ForAll @Size(max = 20) List<Long> list)
            throws IOException {
        var string = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        var record = new GenericData.Record(ALL);
        record.put("flag", flag);
        record.put("int", integer);
        record.put("long", number);
        record.put("float", small);
        record.put("double", large);
        record.put("string", string);
        record.put("bytes", ByteBuffer.wrap(bytes));
        record.put("fixed", new GenericData.Fixed(ALL.getField("fixed").schema(), new byte[] {1, 2, 3}));
        record.put("enum", new GenericData.EnumSymbol(ALL.getField("enum").schema(), "B"));
        record.put("union", flag ? null : string);
        record.put("array", list);
        record.put("map", Map.of(string, string));
        // both ways of writing arrays and maps: with and without the size of their blocks
        for (var blocking : List.of(true, false)) {
            var out = new ByteArrayOutputStream();
            BinaryEncoder encoder = blocking
                    ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
                    : EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(ALL).write(record, encoder);
            encoder.flush();
            var reader = new AvroBytesDecoder(out.toByteArray(), 0);
            var skipper = new AvroBytesDecoder(out.toByteArray(), 0);

            var read = new GenericDatumReader<GenericData.Record>(ALL).read(null, reader);
            new GenericDatumReader<GenericData.Record>(ALL, NONE).read(null, skipper);

            assertThat(read.toString()).isEqualTo(record.toString());
            assertThat(reader.remaining()).isZero();
            assertThat(skipper.remaining()).isZero();
        }
    }

    @Example
    void givenALengthBeyondTheEndWhenReadThenItFailsWithoutAllocating() {
        var twoGigabytes = new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};

        assertFails(twoGigabytes, EOFException.class, Decoder::readString);
        assertFails(twoGigabytes, EOFException.class, d -> d.readBytes(null));
        assertFails(twoGigabytes, EOFException.class, Decoder::skipString);
        assertFails(twoGigabytes, AvroRuntimeException.class, Decoder::readArrayStart);
        assertFails(twoGigabytes, AvroRuntimeException.class, Decoder::readMapStart);
        assertFails(twoGigabytes, AvroRuntimeException.class, Decoder::skipArray);
    }

    /** Of items that take no bytes, every block could claim as many as there are bytes: quadratic time. */
    @Example
    void givenManyBlocksOfItemsThatTakeNoBytesWhenSkippedOrReadThenTheyEndWithTheBytes() throws IOException {
        var nulls = new Schema.Parser()
                .parse(
                        """
                {"type":"record","name":"All","fields":[
                {"name":"array","type":{"type":"array","items":"null"}}]}""");
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        for (var block = 0; block < 300_000; block++) {
            encoder.writeArrayStart();
            encoder.setItemCount(100_000);
        }
        encoder.writeArrayEnd();

        assertThatThrownBy(() ->
                        new GenericDatumReader<>(nulls, NONE).read(null, new AvroBytesDecoder(out.toByteArray(), 0)))
                .isInstanceOf(AvroRuntimeException.class)
                .hasMessageContaining("more items than");
        assertThatThrownBy(() -> new GenericDatumReader<>(nulls).read(null, new AvroBytesDecoder(out.toByteArray(), 0)))
                .isInstanceOf(AvroRuntimeException.class)
                .hasMessageContaining("more items than");
    }

    @Example
    void givenNestedArraysWhenReadThenEveryItemMayTakeASingleByte() throws IOException {
        var nested = new Schema.Parser().parse("{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"int\"}}");
        var lists = Collections.nCopies(50, Collections.nCopies(60, 1));
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(nested).write(lists, encoder);
        encoder.flush();

        assertThat(new GenericDatumReader<>(nested).read(null, new AvroBytesDecoder(out.toByteArray(), 0)))
                .isEqualTo(lists);
    }

    @Example
    void givenBytesThatAvroNeverWritesWhenReadThenTheyAreMalformed() {
        var endless = new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};

        assertFails(endless, AvroRuntimeException.class, Decoder::readLong);
        assertFails(new byte[] {-1, -1, -1, -1, 0x1f}, AvroRuntimeException.class, Decoder::readInt);
        assertFails(new byte[] {2}, AvroRuntimeException.class, Decoder::readBoolean);
        assertFails(new byte[] {1}, AvroRuntimeException.class, Decoder::readString);
        assertFails(new byte[] {2, (byte) 0x80}, AvroRuntimeException.class, Decoder::readString);
        assertFails(new byte[0], EOFException.class, Decoder::readLong);
    }

    private interface Skip {
        void skip(Decoder decoder) throws IOException;
    }

    private static void assertFails(byte[] bytes, Class<? extends Exception> type, Skip skip) {
        ThrowingCallable call = () -> skip.skip(new AvroBytesDecoder(bytes, 0));
        assertThatThrownBy(call).isInstanceOf(type);
    }
}
