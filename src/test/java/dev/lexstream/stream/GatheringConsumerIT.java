package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What polls return, whatever happens while they gather. */
class GatheringConsumerIT {

    private static final int PARTITIONS = 4;
    private static final int MOST = 1000;
    private static final byte[] VALUE = {1};

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @Test
    void pollsAreLargeAndBoundedAndTheirRecordsInOrder() {
        int count = 6000;
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, count);
        List<Integer> sizes = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        Map<Integer, Long> last = new HashMap<>();
        try (GatheringConsumer consumer = consumer(topics, new Arrivals(), Map.of())) {
            consumer.assign(partitions(topics));
            StreamLab.await("all records", () -> {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
                sizes.add(polled.count());
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    ids.add(Received.id(record));
                    Long before = last.put(record.partition(), record.offset());
                    assertThat(record.offset()).isEqualTo(before == null ? 0 : before + 1);
                }
                polled.nextOffsets().forEach((partition, next) -> assertThat(next.offset())
                        .isEqualTo(last.get(partition.partition()) + 1));
                return ids.size() >= count;
            });
        }
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).boxed().toList());
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(MOST));
        assertThat(sizes).anySatisfy(size -> assertThat(size).isGreaterThan(MOST - GatheringConsumer.SMALL_POLL));
    }

    @Test
    void whoeverHasEnoughOnItsWayPollsNothing() throws InterruptedException {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 2 * MOST);
        TopicPartition first = partitions(topics).get(0);
        Arrivals arrivals = new Arrivals();
        for (int i = 0; i < MOST; i++) {
            arrivals.put(first, i, VALUE, new Arrival.Submitted(Texts.pending()));
        }
        try (GatheringConsumer consumer = consumer(topics, arrivals, Map.of())) {
            consumer.assign(partitions(topics));
            for (int i = 0; i < 20; i++) {
                assertThat(consumer.poll(Duration.ofMillis(10)).isEmpty()).isTrue();
            }
            assertThat(consumer.paused()).isEmpty();
            arrivals.drop(first);
            StreamLab.await(
                    "records", () -> consumer.poll(Duration.ofMillis(100)).count() > 0);
        }
    }

    @Test
    void aFailureOfOnePartitionLosesNothingOfTheOthers() {
        int count = 400;
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, count);
        List<TopicPartition> partitions = partitions(topics);
        List<Integer> ids = new ArrayList<>();
        try (GatheringConsumer consumer = consumer(topics, new Arrivals(), Map.of("auto.offset.reset", "none"))) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.seek(partitions.get(0), 1_000_000);
            AtomicBoolean failed = new AtomicBoolean();
            StreamLab.await("the failure and the records of the others", () -> {
                try {
                    consumer.poll(Duration.ofMillis(100)).forEach(record -> ids.add(Received.id(record)));
                } catch (OffsetOutOfRangeException e) {
                    failed.set(true);
                    consumer.pause(e.partitions());
                }
                return failed.get() && ids.size() >= count * (PARTITIONS - 1) / PARTITIONS;
            });
        }
        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id % PARTITIONS)
                .isNotZero());
    }

    /** Offsets are committed on revocation only, so that a record of a revoked partition that is returned comes twice. */
    @Test
    void membersThatJoinAndLeaveSeeEachRecordOnce() {
        int some = 1000;
        AtomicInteger sent = new AtomicInteger();
        TopicSettings topics = lab.topics(PARTITIONS);
        Queue<Integer> ids = new ConcurrentLinkedQueue<>();
        try (Member first = new Member(topics, ids)) {
            first.start();
            for (int turn = 0; turn < 8; turn++) {
                try (Member second = new Member(topics, ids)) {
                    second.start();
                    StreamLab.await("the second member's turn", () -> {
                        send(topics, sent.getAndAdd(some), some);
                        return second.polled() > 0;
                    });
                }
            }
            StreamLab.await("all records", () -> ids.size() >= sent.get());
        }
        assertThat(ids.stream().sorted().toList())
                .isEqualTo(IntStream.range(0, sent.get()).boxed().toList());
    }

    /** A consumer of the group, on a thread of its own. */
    private static final class Member implements AutoCloseable, ConsumerRebalanceListener {

        private final GatheringConsumer consumer;
        private final Queue<Integer> ids;
        private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        private final AtomicBoolean closing = new AtomicBoolean();
        private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
        private final AtomicInteger polled = new AtomicInteger();

        Member(TopicSettings topics, Queue<Integer> ids) {
            this.ids = ids;
            this.consumer = consumer(topics, new Arrivals(), Map.of());
            consumer.subscribe(List.of(topics.input()), this);
        }

        void start() {
            end = CompletableFuture.runAsync(this::run, task -> new Thread(task, "member").start());
        }

        int polled() {
            return polled.get();
        }

        private void run() {
            try (consumer) {
                while (!closing.get()) {
                    ConsumerRecords<byte[], byte[]> some = consumer.poll(Duration.ofMillis(20));
                    some.forEach(record -> ids.add(Received.id(record)));
                    next.putAll(some.nextOffsets());
                    polled.addAndGet(some.count());
                }
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // as Kafka Streams does, with the partitions that are kept too
            consumer.pause(consumer.assignment());
            consumer.resume(consumer.assignment());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> mine = new HashMap<>(next);
            mine.keySet().retainAll(partitions);
            consumer.commitSync(mine);
            next.keySet().removeAll(partitions);
        }

        @Override
        public void close() {
            closing.set(true);
            end.join();
        }
    }

    private static GatheringConsumer consumer(TopicSettings topics, Arrivals arrivals, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                lab.bootstrapServers(),
                "group.id",
                topics.input() + "-group",
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "earliest",
                "heartbeat.interval.ms",
                "100",
                "partition.assignment.strategy",
                CooperativeStickyAssignor.class.getName()));
        settings.putAll(more);
        EarlyCommits never = new EarlyCommits(arrivals, Duration.ZERO, false, System::nanoTime);
        return new GatheringConsumer(settings, arrivals, never, MOST);
    }

    private static List<TopicPartition> partitions(TopicSettings topics) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topics.input(), partition))
                .toList();
    }

    private static void send(TopicSettings topics, int first, int count) {
        lab.send(IntStream.range(first, first + count)
                .mapToObj(id -> StreamLab.record(topics.input(), id % PARTITIONS, "key", id, VALUE)));
    }
}
