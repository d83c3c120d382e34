package dev.lexstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.stream.Texts;
import java.time.Duration;
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
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

class InFlightTest {

    private static final int PATIENCE = 1000;
    private static final TopicPartition PARTITION = new TopicPartition("texts", 0);

    private long nanos;
    private final CommitPace pace = new CommitPace(Duration.ofMillis(500), () -> nanos);
    private final InFlight inFlight = new InFlight(Duration.ofNanos(PATIENCE), () -> nanos, pace);

    /** Polls, results in any order, processing, pauses and seeks, against queues that hold what must still come. */
    @Property(tries = 500)
    void eachRecordLeavesOnceInOrderAndNotBeforeItsResult(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        Set.of(0, 1, 2).forEach(partition -> inFlight.forget(List.of(new TopicPartition("texts", partition))));
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
                        waiting.put(record, Attached.pending(record));
                    }
                    queue.addAll(some);
                    inFlight.add(polled(partition, some, ends.get(partition)));
                }
                case 1 -> {
                    inFlight.forget(List.of(partition));
                    assertThat(queue)
                            .allMatch(record -> waiting.get(record).enrichment().isDone());
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
            assertThat(inFlight.size())
                    .isEqualTo(expected.values().stream().mapToInt(Deque::size).sum());
            assertThat(inFlight.pending())
                    .isEqualTo(expected.values().stream()
                            .flatMap(Deque::stream)
                            .filter(record -> !waiting.get(record).enrichment().isDone())
                            .count());
            for (TopicPartition each : expected.keySet()) {
                assertThat(inFlight.first(each).stream().boxed().findFirst())
                        .isEqualTo(
                                Optional.ofNullable(expected.get(each).peek()).map(ConsumerRecord::offset));
            }
        }
    }

    private void take(
            Set<TopicPartition> except,
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> expected,
            Map<TopicPartition, Long> ends,
            Map<ConsumerRecord<byte[], byte[]>, PendingText> waiting) {
        boolean ready = inFlight.hasReady(except);
        inFlight.takePositions(except).nextOffsets().forEach((partition, next) -> {
            assertThat(expected.get(partition)).isEmpty();
            assertThat(next.offset()).isEqualTo(ends.get(partition));
        });
        ConsumerRecords<byte[], byte[]> taken = inFlight.take(except);
        assertThat(ready).isEqualTo(!taken.isEmpty());
        assertThat(taken.partitions()).allMatch(partition -> !except.contains(partition));
        for (TopicPartition partition : taken.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> some = taken.records(partition);
            for (ConsumerRecord<byte[], byte[]> record : some) {
                assertThat(record).isSameAs(expected.get(partition).poll());
                assertThat(waiting.get(record).enrichment().isDone()).isTrue();
                assertThat(InFlightRecord.take(record.headers()).isDone()).isTrue();
            }
        }
        Set<TopicPartition> left = new HashSet<>(expected.keySet());
        left.removeAll(except);
        for (TopicPartition partition : left) {
            ConsumerRecord<byte[], byte[]> first = expected.get(partition).peek();
            assertThat(first != null && waiting.get(first).enrichment().isDone())
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
        inFlight.add(polled(PARTITION, List.of(), 7));

        assertThat(inFlight.hasReady(Set.of())).isFalse();
        assertThat(inFlight.take(Set.of()).nextOffsets().get(PARTITION).offset())
                .isEqualTo(7);
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Example
    void recordsThatHoldNoTextLeaveAtOnce() {
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 4, "text");
        InFlightRecord.attach(record, CompletableFuture.failedFuture(new UndecodableEventException("none")));
        inFlight.add(polled(PARTITION, List.of(record), 5));

        assertThat(inFlight.take(Set.of()).records(PARTITION)).hasSize(1);
    }

    @Example
    void positionsThatAnInterceptorLeftOutFollowFromTheRecords() throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(Texts.record(0, 4, "text"), Texts.record(0, 7, "text"));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Attached.pending(record).enrichment().cancel();
        }
        inFlight.add(new ConsumerRecords<>(Map.of(PARTITION, records), Map.of()));

        ConsumerRecords<byte[], byte[]> taken = inFlight.take(Set.of());
        assertThat(taken.count()).isEqualTo(2);
        assertThat(taken.nextOffsets().get(PARTITION).offset()).isEqualTo(8);
    }

    @Example
    void aRecordIsOverdueThoughOthersFlow() throws InterruptedException {
        TopicPartition other = new TopicPartition("texts", 1);
        inFlight.add(polled(PARTITION, List.of(late(0, 0)), 1));
        nanos += PATIENCE;
        inFlight.add(polled(other, List.of(ready(1, 0)), 1));
        assertThat(inFlight.take(Set.of()).partitions()).containsExactly(other);

        nanos++;
        inFlight.add(polled(other, List.of(ready(1, 1)), 2));
        assertThat(inFlight.take(Set.of()).partitions()).containsExactlyInAnyOrder(PARTITION, other);
    }

    @Example
    void aRecordWhoseSchemaIsLookedUpIsNotOverdue() throws InterruptedException {
        CompletableFuture<PendingText> known = new CompletableFuture<>();
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 0, "text");
        InFlightRecord.attach(record, known);
        inFlight.add(polled(PARTITION, List.of(record), 1));
        assertThat(inFlight.awaitsSchema(PARTITION)).isTrue();

        nanos += 10 * PATIENCE;
        assertThat(inFlight.hasReady(Set.of())).isFalse();
        known.complete(Texts.pending());
        nanos += PATIENCE;
        assertThat(inFlight.hasReady(Set.of())).isFalse();
        nanos++;
        assertThat(inFlight.hasReady(Set.of())).isTrue();
    }

    @Example
    void theFirstRecordLeavesWithoutItsResultWhenItHasWaitedTooLong() throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(late(0, 0), late(0, 1), late(0, 2));
        inFlight.add(polled(PARTITION, records, 3));

        nanos += PATIENCE;
        assertThat(inFlight.hasReady(Set.of())).isFalse();
        nanos++;
        assertThat(inFlight.take(Set.of()).records(PARTITION)).containsExactly(records.get(0));
        assertThat(inFlight.take(Set.of()).records(PARTITION)).isEmpty();
    }

    /** Kafka Streams may poll again before it has processed all of the last poll. */
    @Example
    void theLastRecordToBeProcessedCommitsWhicheverHandOverItIsOf() throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(ready(0, 0), ready(0, 1), ready(0, 2));
        inFlight.add(polled(PARTITION, records.subList(0, 2), 2));
        inFlight.take(Set.of());
        inFlight.add(polled(PARTITION, records.subList(2, 3), 3));
        inFlight.take(Set.of());
        pace.handedOver(true, false);

        assertThat(processed(records.get(0))).isFalse();
        assertThat(processed(records.get(1))).isFalse();
        assertThat(processed(records.get(2))).isTrue();
    }

    @Example
    void recordsOfAPartitionThatWasForgottenHoldUpNoCommitAndMakeNone() throws InterruptedException {
        TopicPartition other = new TopicPartition("texts", 1);
        ConsumerRecord<byte[], byte[]> gone = ready(0, 0);
        ConsumerRecord<byte[], byte[]> kept = ready(1, 0);
        inFlight.add(polled(PARTITION, List.of(gone), 1));
        inFlight.add(polled(other, List.of(kept), 1));
        inFlight.take(Set.of());
        pace.handedOver(true, false);
        inFlight.forget(List.of(PARTITION));

        assertThat(processed(gone)).isFalse();
        assertThat(processed(kept)).isTrue();
    }

    private static boolean processed(ConsumerRecord<byte[], byte[]> record) {
        return InFlightRecord.take(record.headers()).processed();
    }

    @Example
    void whoWaitsForResultsIsWokenByThem() throws Exception {
        ConsumerRecord<byte[], byte[]> record = Texts.record(0, 0, "text");
        PendingText text = Attached.pending(record);
        inFlight.add(polled(PARTITION, List.of(record), 1));
        CompletableFuture<Void> result = CompletableFuture.runAsync(
                () -> text.enrichment().cancel(), CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));

        inFlight.awaitPending(0, Duration.ofMinutes(5).toNanos());

        result.get(1, TimeUnit.MINUTES);
        assertThat(inFlight.pending()).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> late(int partition, long offset) throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = Texts.record(partition, offset, "text");
        Attached.pending(record);
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> ready(int partition, long offset) throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = Texts.record(partition, offset, "text");
        Attached.pending(record).enrichment().cancel();
        return record;
    }
}
