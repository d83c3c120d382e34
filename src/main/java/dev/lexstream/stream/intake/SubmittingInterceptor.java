package dev.lexstream.stream.intake;

import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;

/**
 * Submits what a poll returned where Kafka Streams makes the consumer itself: under {@code group.protocol: streams}. The processor
 * then waits for the results, so that the models see the records of a poll together and no others.
 *
 * <p>Belongs under {@code main.consumer.interceptor.classes}; plain {@code consumer.} would catch the restore and global
 * consumers too. What it needs is the object under {@value #LINK_CONFIG}.
 *
 * <p>Threading: Kafka makes one for each stream thread's consumer and calls it on that thread, inside {@code poll}.
 */
public final class SubmittingInterceptor implements ConsumerInterceptor<byte[], byte[]> {

    /** Setting of the consumer that holds the shared {@link Link}, an object and not its name. */
    public static final String LINK_CONFIG = "lexstream.intake";

    private Link link;

    /**
     * What interceptors share.
     *
     * @param intake submits what is polled
     * @param committed told of offsets that are committed outside of transactions
     */
    public record Link(Intake intake, Consumer<Map<TopicPartition, OffsetAndMetadata>> committed) {
        public Link {
            Objects.requireNonNull(intake, "intake");
            Objects.requireNonNull(committed, "committed");
        }
    }

    @Override
    public void configure(Map<String, ?> settings) {
        Object found = settings.get(LINK_CONFIG);
        if (!(found instanceof Link shared)) {
            throw new ConfigException(
                    LINK_CONFIG,
                    found == null ? null : found.getClass().getName(),
                    "must be an object of " + Link.class.getName());
        }
        link = shared;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (!records.isEmpty()) {
            link.intake().submit(records);
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // called for commits outside of transactions, on the stream thread
        link.committed().accept(offsets);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
