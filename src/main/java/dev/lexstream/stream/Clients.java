package dev.lexstream.stream;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka's clients, with {@link ReadyConsumer} for the input topic and {@link WatchedProducer} for what is written. Under
 * {@code group.protocol: streams} Kafka Streams makes the consumer itself, and warns of suppliers that are not of its default
 * class.
 */
final class Clients extends DefaultKafkaClientSupplier {

    private final Arrivals arrivals;
    private final EarlyCommits commits;
    private final BooleanSupplier crowded;
    private final ReadyConsumer.Limits held;
    private final StreamThreads threads;
    private final FailedRecords failed;
    private final WatchedProducer.Transactions transactions;

    /**
     * @param arrivals what is polled and not processed
     * @param commits told of polls
     * @param crowded whether the engine may block whoever submits more
     * @param held of each stream thread
     * @param threads told of commits
     * @param failed told of refused records
     * @param transactions told what becomes of them
     */
    Clients(
            Arrivals arrivals,
            EarlyCommits commits,
            BooleanSupplier crowded,
            ReadyConsumer.Limits held,
            StreamThreads threads,
            FailedRecords failed,
            WatchedProducer.Transactions transactions) {
        this.arrivals = arrivals;
        this.commits = commits;
        this.crowded = crowded;
        this.held = held;
        this.threads = threads;
        this.failed = failed;
        this.transactions = transactions;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return new WatchedProducer(settings, threads, failed, transactions);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        return new ReadyConsumer(settings, arrivals, commits, crowded, held);
    }
}
