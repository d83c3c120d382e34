package dev.lexstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Where one more field goes in a value, which is walked to its end first. */
class ValueSplitterTest {
    private static final Schema TREE = new Schema.Parser()
            .parse(("{'type':'record','name':'Tree','fields':[{'name':'v','type':'string'},"
                            + "{'name':'sub','type':{'type':'array','items':'Tree'}}]}")
                    .replace('\'', '"'));
    private static final byte[] FIELD = {2, 9};

    private final ValueSplitter splitter = new ValueSplitter(7, TREE, Set.of("Tree"), Set.of());

    private static byte[] value(int... avro) {
        var bytes = ByteBuffer.allocate(5 + avro.length).put((byte) 0).putInt(7);
        for (var b : avro) {
            bytes.put((byte) b);
        }
        return bytes.array();
    }

    @Test
    void theFieldStandsBehindTheRecordUnderTheOtherId() {
        var split = splitter.split(value(2, 'a', 0));

        assertThat(split.record()).isEqualTo("Tree");
        assertThat(split.held()).isFalse();
        assertThat(split.with(258, FIELD)).containsExactly(0, 0, 0, 1, 2, 2, 'a', 0, 2, 9);
    }

    @Test
    void eachRecordOfTheTypeThatIsInsideGetsNull() {
        assertThat(splitter.split(value(2, 'a', 4, 2, 'b', 0, 2, 'c', 0, 0)).with(7, FIELD))
                .containsExactly(0, 0, 0, 0, 7, 2, 'a', 4, 2, 'b', 0, 0, 2, 'c', 0, 0, 0, 2, 9);
    }

    @Test
    void blocksThatGetLongerNoLongerSayTheirSize() {
        assertThat(splitter.split(value(2, 'a', 3, 12, 2, 'b', 0, 2, 'c', 0, 0)).with(7, FIELD))
                .containsExactly(0, 0, 0, 0, 7, 2, 'a', 4, 2, 'b', 0, 0, 2, 'c', 0, 0, 0, 2, 9);
    }

    @Test
    void aLastFieldThatIsThereAlreadyIsTheSecondPart() {
        var schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"T\",\"fields\":["
                        + "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":[\"null\",\"int\"]}]}");

        var split = new ValueSplitter(7, schema, Set.of(), Set.of("T")).split(value(2, 'a', 2, 4));

        assertThat(split.held()).isTrue();
        assertThat(Arrays.copyOfRange(split.bytes(), split.from(), split.to())).containsExactly(2, 'a');
        assertThat(Arrays.copyOfRange(split.bytes(), split.to(), split.bytes().length))
                .containsExactly(2, 4);
        assertThat(split.with(7, FIELD)).containsExactly(0, 0, 0, 0, 7, 2, 'a', 2, 9);
    }

    @Test
    void bytesBehindTheRecordAreAnError() {
        assertThatThrownBy(() -> splitter.split(value(2, 'a', 0, 0)))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("value of 9 bytes with schema id 7: 1 bytes after the record; allowed is 0");
    }

    @Test
    void aBlockOfAnotherSizeThanItSaysIsAnError() {
        assertThatThrownBy(() -> splitter.split(value(2, 'a', 3, 10, 2, 'b', 0, 2, 'c', 0, 0)))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("block of 6 bytes claims 5");
    }

    @Test
    void depthIsBoundedAsItIsForReaders() {
        var deep = ByteBuffer.allocate(5 + 3 * 10_000).put((byte) 0).putInt(7);
        while (deep.remaining() > 2) {
            deep.put((byte) 2).put((byte) 'a').put((byte) 2);
        }

        assertThatThrownBy(() -> splitter.split(deep.array()))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("allowed are " + AvroValueChecker.MAX_DEPTH);
    }

    @Property(tries = 2000)
    void whateverTheBytesAreTheyAreSplitOrRefused(@ForAll long seed) {
        var random = new Random(seed);
        var avro = random.ints(random.nextInt(40), -4, 12).toArray();
        try {
            assertThat(splitter.split(value(avro)).record()).isEqualTo("Tree");
        } catch (WireFormatException e) {
            assertThat(e).hasMessageStartingWith("value of ");
        }
    }
}
