package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

class HeldRecordsTest {

    private static final int PATIENCE = 1000;
    private static final int MOST = 3;
    private static final TopicPartition PARTITION = new TopicPartition("texts", 0);

    private final Arrivals arrivals = new Arrivals();
    private long nanos;
    private final HeldRecords held = new HeldRecords(arrivals, PATIENCE, () -> nanos);

    /** Polls, results in any order, processing, pauses and seeks, against queues that hold what must still come. */
    @Property(tries = 500)
    void eachRecordLeavesOnceInOrderAndNotBeforeItsResult(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        Set.of(0, 1, 2).forEach(partition -> forget(new TopicPartition("texts", partition)));
        Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> expected = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<ConsumerRecord<byte[], byte[]>, PendingText> waiting = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            TopicPartition partition = new TopicPartition("texts", random.nextInt(3));
            Deque<ConsumerRecord<byte[], byte[]>> queue =
                    expected.computeIfAbsent(partition, key -> new ArrayDeque<>());
            switch (random.nextInt(5)) {
                case 0 -> {
                    List<ConsumerRecord<byte[], byte[]>> some = records(partition, ends, random);
                    for (ConsumerRecord<byte[], byte[]> record : some) {
                        PendingText text = Texts.pending();
                        arrivals.put(partition, record.offset(), record.value(), new Arrival.Submitted(text));
                        waiting.put(record, text);
                    }
                    queue.addAll(some);
                    held.add(polled(partition, some, ends.get(partition)));
                }
                case 1 -> {
                    forget(partition);
                    queue.clear();
                }
                case 2 -> {
                    List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>(queue);
                    if (!some.isEmpty()) {
                        waiting.get(some.get(random.nextInt(some.size())))
                                .enrichment()
                                .cancel();
                    }
                }
                default -> take(random.nextBoolean() ? Set.of(partition) : Set.of(), expected, ends, waiting);
            }
            assertThat(held.size())
                    .isEqualTo(expected.values().stream().mapToInt(Deque::size).sum());
            for (TopicPartition each : expected.keySet()) {
                assertThat(held.first(each).stream().boxed().findFirst())
                        .isEqualTo(
                                Optional.ofNullable(expected.get(each).peek()).map(ConsumerRecord::offset));
            }
        }
    }

    private void forget(TopicPartition partition) {
        held.forget(partition);
        arrivals.drop(partition);
    }

    private void take(
            Set<TopicPartition> except,
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> expected,
            Map<TopicPartition, Long> ends,
            Map<ConsumerRecord<byte[], byte[]>, PendingText> waiting) {
        int ready = held.ready(MOST, except);
        ConsumerRecords<byte[], byte[]> taken = held.take(MOST, except);
        assertThat(ready)
                .isEqualTo(taken.partitions().stream()
                        .mapToInt(partition -> taken.records(partition).size())
                        .max()
                        .orElse(0));
        assertThat(taken.partitions()).allMatch(partition -> !except.contains(partition));
        for (TopicPartition partition : taken.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> some = taken.records(partition);
            assertThat(some).hasSizeLessThanOrEqualTo(MOST);
            for (ConsumerRecord<byte[], byte[]> record : some) {
                assertThat(record).isSameAs(expected.get(partition).poll());
                assertThat(waiting.get(record).enrichment().isDone()).isTrue();
                assertThat(arrivals.take(partition, record.offset(), record.value()))
                        .isPresent();
            }
        }
        Set<TopicPartition> left = new HashSet<>(expected.keySet());
        left.removeAll(except);
        for (TopicPartition partition : left) {
            ConsumerRecord<byte[], byte[]> first = expected.get(partition).peek();
            assertThat(first != null
                            && waiting.get(first).enrichment().isDone()
                            && taken.records(partition).size() < MOST)
                    .as("a ready record stays")
                    .isFalse();
        }
        taken.nextOffsets().forEach((partition, next) -> {
            ConsumerRecord<byte[], byte[]> first = expected.get(partition).peek();
            assertThat(next.offset()).isEqualTo(first == null ? ends.get(partition) : first.offset());
        });
    }

    /** With gaps, as transaction markers leave them. */
    private static List<ConsumerRecord<byte[], byte[]>> records(
            TopicPartition partition, Map<TopicPartition, Long> ends, Random random) {
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
        long offset = ends.getOrDefault(partition, 0L);
        offset += random.nextInt(2);
        for (int i = random.nextInt(6); i > 0; i--) {
            some.add(Texts.record(partition.partition(), offset, "text"));
            offset += 1 + random.nextInt(2);
        }
        ends.put(partition, offset);
        return some;
    }

    private static ConsumerRecords<byte[], byte[]> polled(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long end) {
        return new ConsumerRecords<>(
                records.isEmpty() ? Map.of() : Map.of(partition, records),
                Map.of(partition, new OffsetAndMetadata(end)));
    }

    @Example
    void aPositionWithoutRecordsIsPassedOn() {
        held.add(polled(PARTITION, List.of(), 7));

        assertThat(held.ready(MOST, Set.of())).isZero();
        assertThat(held.take(MOST, Set.of()).nextOffsets().get(PARTITION).offset())
                .isEqualTo(7);
        assertThat(held.isEmpty()).isTrue();
    }

    @Example
    void recordsWhoseResultsNobodyKnowsLeaveAtOnce() {
        held.add(polled(PARTITION, List.of(Texts.record(0, 4, "text")), 5));

        assertThat(held.take(MOST, Set.of()).records(PARTITION)).hasSize(1);
    }

    @Example
    void positionsThatAnInterceptorLeftOutFollowFromTheRecords() {
        held.add(new ConsumerRecords<>(
                Map.of(PARTITION, List.of(Texts.record(0, 4, "text"), Texts.record(0, 7, "text"))), Map.of()));

        ConsumerRecords<byte[], byte[]> taken = held.take(MOST, Set.of());
        assertThat(taken.count()).isEqualTo(2);
        assertThat(taken.nextOffsets().get(PARTITION).offset()).isEqualTo(8);
    }

    @Example
    void aRecordIsOverdueThoughOthersFlow() throws InterruptedException {
        TopicPartition other = new TopicPartition("texts", 1);
        ConsumerRecord<byte[], byte[]> late = Texts.record(0, 0, "text");
        arrivals.put(PARTITION, 0, late.value(), new Arrival.Submitted(Texts.pending()));
        held.add(polled(PARTITION, List.of(late), 1));
        nanos += PATIENCE;
        held.add(polled(other, List.of(Texts.record(1, 0, "text")), 1));
        assertThat(held.take(MOST, Set.of()).partitions()).containsExactly(other);

        nanos++;
        held.add(polled(other, List.of(Texts.record(1, 1, "text")), 2));
        assertThat(held.take(MOST, Set.of()).partitions()).containsExactlyInAnyOrder(PARTITION, other);
    }

    @Example
    void aRecordWhoseSchemaIsLookedForIsNotOverdue() throws InterruptedException {
        CompletableFuture<Arrival> known = new CompletableFuture<>();
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 0, "text");
        arrivals.put(PARTITION, 0, record.value(), new Arrival.Awaited(known));
        held.add(polled(PARTITION, List.of(record), 1));

        nanos += 10 * PATIENCE;
        assertThat(held.ready(MOST, Set.of())).isZero();
        known.complete(new Arrival.Submitted(Texts.pending()));
        nanos += PATIENCE;
        assertThat(held.ready(MOST, Set.of())).isZero();
        nanos++;
        assertThat(held.ready(MOST, Set.of())).isOne();
    }

    @Example
    void theFirstRecordLeavesWithoutItsResultWhenItHasWaitedTooLong() throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records =
                List.of(Texts.record(0, 0, "text"), Texts.record(0, 1, "text"), Texts.record(0, 2, "text"));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            arrivals.put(PARTITION, record.offset(), record.value(), new Arrival.Submitted(Texts.pending()));
        }
        held.add(polled(PARTITION, records, 3));

        nanos += PATIENCE;
        assertThat(held.ready(MOST, Set.of())).isZero();
        nanos++;
        assertThat(held.take(MOST, Set.of()).records(PARTITION)).containsExactly(records.get(0));
        assertThat(held.take(MOST, Set.of()).records(PARTITION)).isEmpty();
    }
}
