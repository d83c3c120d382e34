package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LenientTimestampExtractorTest {

    private final LenientTimestampExtractor extractor = new LenientTimestampExtractor();

    @Test
    void aRecordKeepsItsTimestamp() {
        assertThat(extractor.extract(record(5), 100)).isEqualTo(5);
    }

    @Test
    void aRecordWithoutOneGetsThePartitionsTime() {
        assertThat(extractor.extract(record(-1), 100)).isEqualTo(100);
    }

    @Test
    void aFirstRecordWithoutOneGetsThePresent() {
        long before = System.currentTimeMillis();

        assertThat(extractor.extract(record(-1), -1)).isBetween(before, System.currentTimeMillis());
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<>(
                "texts",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
    }
}
