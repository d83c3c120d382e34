package dev.lexstream.bench;

import dev.lexstream.config.Pipeline;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * What came out of a pipeline, as a reader of committed records sees it.
 *
 * @param sent records that went in
 * @param enriched records of the output topic
 * @param deadLetters records of the dead-letter topic
 * @param lost records that went in and came out nowhere
 * @param repeated records that came out once more
 */
public record Delivery(long sent, long enriched, long deadLetters, long lost, long repeated) {

    private static final Duration POLL = Duration.ofMillis(500);

    /** Reads the topics of a run that has ended and left no transaction open, from their beginning to their end. */
    static Delivery read(Pipeline pipeline, int partitions, long sent) {
        SequenceSet seen = new SequenceSet(sent);
        long deadLetters = 0;
        long all = 0;
        try (OutcomeReader reader = new OutcomeReader(pipeline, partitions)) {
            while (!reader.atEnd()) {
                ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    seen.mark(OutcomeReader.sequence(record));
                    all++;
                    if (record.topic().equals(pipeline.topics().deadLetters())) {
                        deadLetters++;
                    }
                }
            }
        }
        return new Delivery(sent, all - deadLetters, deadLetters, sent - seen.unique(), seen.repeated());
    }

    /** Each record came out, and once. */
    public boolean exact() {
        return lost == 0 && repeated == 0;
    }
}
