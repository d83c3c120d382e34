package dev.lexstream.stream.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;

class RecordSizeTest {

    /** Against Kafka's own format: what is really written never exceeds the bound, and the bound is not wasteful. */
    @Property(tries = 200)
    void theBoundIsAboveWhatKafkaWritesByLessThanAHundredBytesAndTenPerHeader(
            @ForAll byte[] key,
            @ForAll @IntRange(max = 300_000) int valueBytes,
            @ForAll @Size(max = 5) List<String> headers) {
        Header[] all = headers.stream()
                .map(name -> new RecordHeader(name, new byte[name.length()]))
                .toArray(Header[]::new);
        byte[] value = new byte[valueBytes];

        long bound = RecordSize.upperBound(key, value, new RecordHeaders(all));

        assertThat(bound)
                .isBetween((long) written(key, value, all), written(key, value, all) + 100L + 10L * all.length);
    }

    private static int written(byte[] key, byte[] value, Header[] headers) {
        var builder = MemoryRecords.builder(ByteBuffer.allocate(1024), Compression.NONE, TimestampType.CREATE_TIME, 0);
        builder.append(Long.MAX_VALUE / 2, ByteBuffer.wrap(key), ByteBuffer.wrap(value), headers);
        return builder.build().sizeInBytes();
    }
}
