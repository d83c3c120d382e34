package dev.lexstream.bench;

import dev.lexstream.config.Pipeline;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until a pipeline has committed all of its input and readers of committed records can read the last of it. Asks the
 * broker for offsets, the more often the nearer the end, so that watching costs next to nothing.
 */
final class Drain {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** From one question to the next, at least; also how exact the end is at best. */
    private static final long LEAST_MILLIS = 5;

    /** The same at most: what the progress bar shows is as old. */
    private static final long MOST_MILLIS = 1_000;

    /** From one question to the next passes this part of the time that the rest will take. */
    private static final int PART_OF_REST = 16;

    private final Admin admin;
    private final Pipeline pipeline;
    private final int partitions;

    Drain(LocalCluster cluster, Pipeline pipeline) {
        this.admin = cluster.admin();
        this.pipeline = pipeline;
        this.partitions = cluster.partitions();
    }

    /**
     * Waits.
     *
     * @param total records of the input topic
     * @param fault what has stopped the stream; null while it runs
     * @param progress is told how many records are committed
     * @return {@link System#nanoTime} when the last record was readable
     * @throws IllegalStateException when the stream has failed or makes no progress
     */
    long await(long total, Supplier<Throwable> fault, LongConsumer progress) throws InterruptedException {
        long last = -1;
        long begin = System.nanoTime();
        long moved = begin;
        while (true) {
            long committed = committed();
            if (committed >= total && readable()) {
                return System.nanoTime();
            }
            progress.accept(committed);
            if (fault.get() != null) {
                throw new IllegalStateException("the stream has failed: " + fault.get(), fault.get());
            }
            moved = committed > last ? System.nanoTime() : moved;
            last = committed;
            if (System.nanoTime() - moved > PATIENCE_NANOS) {
                throw new IllegalStateException(
                        "no record was committed for 60 s, " + committed + " of " + total + " are");
            }
            Thread.sleep(pauseMillis(committed, total, System.nanoTime() - begin));
        }
    }

    /** Until the next question: a part of what the rest takes at the rate so far. */
    static long pauseMillis(long committed, long total, long nanos) {
        double rest = committed == 0 ? nanos : (double) nanos * (total - committed) / committed;
        long part = TimeUnit.NANOSECONDS.toMillis((long) rest) / PART_OF_REST;
        return Math.min(MOST_MILLIS, Math.max(LEAST_MILLIS, part));
    }

    /** Input records that are behind the group. */
    long committed() throws InterruptedException {
        return get(admin.listConsumerGroupOffsets(pipeline.applicationId())
                        .partitionsToOffsetAndMetadata(pipeline.applicationId()))
                .values()
                .stream()
                .filter(offset -> offset != null)
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    /** Whether no transaction is open on the topics that the pipeline writes. */
    private boolean readable() throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        OutcomeReader.partitions(pipeline, partitions).forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        return offsets(ends, IsolationLevel.READ_COMMITTED).equals(offsets(ends, IsolationLevel.READ_UNCOMMITTED));
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> which, IsolationLevel level)
            throws InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(which, new ListOffsetsOptions(level)).all())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker does not tell offsets: " + e.getCause(), e.getCause());
        }
    }
}
