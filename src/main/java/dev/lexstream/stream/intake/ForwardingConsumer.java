package dev.lexstream.stream.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * A consumer that leaves to another what has nothing to do with positions and records. It refuses what Kafka Streams does not
 * call: some could not be answered while records are held, such as a commit of all positions.
 *
 * <p>Threading: as Kafka's consumer, one thread; {@link #wakeup} any.
 */
abstract class ForwardingConsumer implements Consumer<byte[], byte[]> {

    private final Consumer<byte[], byte[]> kafka;

    ForwardingConsumer(Consumer<byte[], byte[]> kafka) {
        this.kafka = Objects.requireNonNull(kafka, "kafka");
    }

    /** The consumer that things are left to. */
    final Consumer<byte[], byte[]> kafka() {
        return kafka;
    }

    private static UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException(what + " is not supported by a consumer that holds records");
    }

    @Override
    public Set<TopicPartition> assignment() {
        return kafka.assignment();
    }

    @Override
    public Set<String> subscription() {
        return kafka.subscription();
    }

    @Override
    public void subscribe(Collection<String> topics) {
        throw unsupported("a subscription without a rebalance listener");
    }

    @Override
    public void subscribe(Pattern topics) {
        throw unsupported("a subscription without a rebalance listener");
    }

    @Override
    public void subscribe(SubscriptionPattern topics) {
        throw unsupported("a subscription by the broker's pattern");
    }

    @Override
    public void subscribe(SubscriptionPattern topics, ConsumerRebalanceListener listener) {
        throw unsupported("a subscription by the broker's pattern");
    }

    @Override
    public void commitSync() {
        throw unsupported("a commit without offsets");
    }

    @Override
    public void commitSync(Duration timeout) {
        throw unsupported("a commit without offsets");
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        throw unsupported("a commit with a timeout");
    }

    @Override
    public void commitAsync() {
        throw unsupported("an asynchronous commit");
    }

    @Override
    public void commitAsync(OffsetCommitCallback callback) {
        throw unsupported("an asynchronous commit");
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        throw unsupported("an asynchronous commit");
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        kafka.registerMetricForSubscription(metric);
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        kafka.unregisterMetricFromSubscription(metric);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return kafka.committed(partitions);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        return kafka.committed(partitions, timeout);
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return kafka.clientInstanceId(timeout);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return kafka.metrics();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return kafka.partitionsFor(topic);
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        return kafka.partitionsFor(topic, timeout);
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics() {
        return kafka.listTopics();
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
        return kafka.listTopics(timeout);
    }

    @Override
    public Set<TopicPartition> paused() {
        return kafka.paused();
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        kafka.resume(partitions);
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
        return kafka.offsetsForTimes(times);
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times, Duration timeout) {
        return kafka.offsetsForTimes(times, timeout);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return kafka.beginningOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return kafka.beginningOffsets(partitions, timeout);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return kafka.endOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return kafka.endOffsets(partitions, timeout);
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return kafka.currentLag(partition);
    }

    @Override
    public ConsumerGroupMetadata groupMetadata() {
        return kafka.groupMetadata();
    }

    @Override
    public void enforceRebalance() {
        kafka.enforceRebalance();
    }

    @Override
    public void enforceRebalance(String reason) {
        kafka.enforceRebalance(reason);
    }

    @Override
    public void close() {
        kafka.close();
    }

    /** @deprecated as in Kafka's interface, which still has it */
    @Deprecated
    @Override
    public void close(Duration timeout) {
        kafka.close(CloseOptions.timeout(timeout));
    }

    @Override
    public void close(CloseOptions options) {
        kafka.close(options);
    }

    @Override
    public void wakeup() {
        kafka.wakeup();
    }
}
