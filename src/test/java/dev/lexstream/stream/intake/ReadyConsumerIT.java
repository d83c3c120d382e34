package dev.lexstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.config.TopicSettings;
import dev.lexstream.stream.Received;
import dev.lexstream.stream.StreamLab;
import dev.lexstream.stream.Texts;
import dev.lexstream.stream.UpperCaseTagger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What polls return and when, whatever happens meanwhile. */
class ReadyConsumerIT {

    private static final int PARTITIONS = 4;
    private static final int MOST = 1000;
    private static final int POLL = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] VALUE = {1};

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @Test
    void recordsAreReadAheadAndReturnedWithTheirResultsInOrder() {
        int count = 4000;
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, count);
        List<Integer> ids = new ArrayList<>();
        List<Long> pending = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(40));
                Lab consumed = consumer(topics, tagger)) {
            ReadyConsumer consumer = consumed.consumer();
            consumer.assign(partitions(topics));
            StreamLab.await("all records", () -> {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
                pending.add(consumed.submitted() - tagger.texts());
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    assertThat(record.offset()).isEqualTo(next.getOrDefault(partition, 0L));
                    next.put(partition, record.offset() + 1);
                    assertThat(InFlightRecord.take(record.headers()).isDone()).isTrue();
                    ids.add(Received.id(record));
                }
                polled.nextOffsets().forEach((partition, offset) -> {
                    assertThat(offset.offset()).isEqualTo(next.get(partition));
                    assertThat(consumer.position(partition)).isEqualTo(next.get(partition));
                });
                return ids.size() >= count;
            });
        }
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).boxed().toList());
        assertThat(pending).allSatisfy(some -> assertThat(some).isLessThanOrEqualTo(MOST));
        assertThat(pending).anySatisfy(some -> assertThat(some).isGreaterThan(MOST / 2));
    }

    @Test
    void heldRecordsOfAPausedPartitionWaitAndThoseBeforeASeekAreForgotten() {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 40 * PARTITIONS);
        List<TopicPartition> partitions = partitions(topics);
        Map<Integer, List<Long>> offsets = new HashMap<>();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                Lab consumed = consumer(topics, tagger)) {
            ReadyConsumer consumer = consumed.consumer();
            tagger.hold();
            consumer.assign(partitions);
            StreamLab.await("all to be held", () -> {
                consumer.poll(Duration.ofMillis(1)).forEach(record -> offsets(offsets, record));
                return consumed.submitted() >= 40 * PARTITIONS;
            });
            assertThat(offsets).isEmpty();
            consumer.pause(List.of(partitions.get(1)));
            consumer.seek(partitions.get(2), 30);
            tagger.release();
            StreamLab.await("the others", () -> {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> offsets(offsets, record));
                return offsets.getOrDefault(2, List.of()).size() >= 10
                        && offsets.containsKey(0)
                        && offsets.containsKey(3);
            });
            assertThat(offsets).doesNotContainKey(1);
            consumer.resume(List.of(partitions.get(1)));
            StreamLab.await("the paused one", () -> {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> offsets(offsets, record));
                return offsets.getOrDefault(1, List.of()).size() >= 40;
            });
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(offsets.get(partition))
                    .isEqualTo(LongStream.range(partition == 2 ? 30 : 0, 40)
                            .boxed()
                            .toList());
        }
    }

    /** Otherwise a transactional topic that is read to its end would have a lag for ever. */
    @Test
    void thePositionBehindATransactionMarkerIsReturnedWithoutARecord() {
        TopicSettings topics = lab.topics(1);
        TopicPartition only = new TopicPartition(topics.input(), 0);
        List<Long> next = new ArrayList<>();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                Lab consumed = consumer(topics, tagger, patient(), Map.of("isolation.level", "read_committed"));
                KafkaProducer<byte[], byte[]> producer = transactional()) {
            consumed.consumer().assign(List.of(only));
            producer.beginTransaction();
            for (int id = 0; id < 10; id++) {
                producer.send(StreamLab.record(topics.input(), 0, "key", id, VALUE));
            }
            producer.commitTransaction();
            StreamLab.await("the end", () -> {
                consumed.consumer()
                        .poll(Duration.ofMillis(100))
                        .nextOffsets()
                        .values()
                        .forEach(offset -> next.add(offset.offset()));
                return next.contains(11L);
            });
        }
        assertThat(next).isSorted().endsWith(11L);
    }

    private static KafkaProducer<byte[], byte[]> transactional() {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", lab.bootstrapServers(), "transactional.id", "marker"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void offsets(Map<Integer, List<Long>> offsets, ConsumerRecord<byte[], byte[]> record) {
        offsets.computeIfAbsent(record.partition(), key -> new ArrayList<>()).add(record.offset());
    }

    @Test
    void aRecordWhoseResultDoesNotComeIsReturnedWithoutIt() {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 1);
        List<ConsumerRecord<byte[], byte[]>> returned = new ArrayList<>();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                Lab consumed = consumer(topics, tagger, limits(MOST, Duration.ofMillis(200)), Map.of())) {
            tagger.hold();
            consumed.consumer().assign(partitions(topics));
            StreamLab.await("the record", () -> {
                consumed.consumer().poll(Duration.ofMillis(100)).forEach(returned::add);
                return !returned.isEmpty();
            });
        }
        assertThat(InFlightRecord.take(returned.get(0).headers()).isDone()).isFalse();
    }

    @Test
    void whoeverHasEnoughOnItsWayReadsNothing() {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 2 * MOST);
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                Lab consumed = consumer(topics, tagger)) {
            ReadyConsumer consumer = consumed.consumer();
            tagger.hold();
            consumer.assign(partitions(topics));
            StreamLab.await("no room", () -> {
                assertThat(consumer.poll(Duration.ofMillis(10)).isEmpty()).isTrue();
                return consumed.submitted() > MOST - POLL;
            });
            for (int i = 0; i < 20; i++) {
                assertThat(consumer.poll(Duration.ofMillis(10)).isEmpty()).isTrue();
            }
            assertThat(consumed.submitted()).isLessThanOrEqualTo(MOST);
            assertThat(consumer.paused()).isEmpty();
            tagger.release();
            StreamLab.await("the others", () -> {
                consumer.poll(Duration.ofMillis(10));
                return consumed.submitted() == 2 * MOST;
            });
        }
    }

    @Test
    void aFailureOfOnePartitionLosesNothingOfTheOthers() {
        int count = 400;
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, count);
        List<TopicPartition> partitions = partitions(topics);
        List<Integer> ids = new ArrayList<>();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(20));
                Lab consumed = consumer(topics, tagger, patient(), Map.of("auto.offset.reset", "none"))) {
            ReadyConsumer consumer = consumed.consumer();
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

    @Test
    void recordsThatAreHeldAreReturnedBeforeTheOffsetBehindThemIsFoundToBeGone() throws Exception {
        TopicSettings topics = lab.topics(1);
        TopicPartition only = new TopicPartition(topics.input(), 0);
        lab.send(IntStream.range(0, 40).mapToObj(id -> StreamLab.record(topics.input(), 0, "key", id, VALUE)));
        List<Integer> ids = new ArrayList<>();
        Map<String, Object> settings = new HashMap<>(Map.of("auto.offset.reset", "none", "fetch.max.wait.ms", 50));
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                Admin admin = lab.admin();
                Lab consumed = consumer(topics, tagger, patient(), settings)) {
            ReadyConsumer consumer = consumed.consumer();
            tagger.hold();
            consumer.assign(List.of(only));
            consumer.seek(only, 0);
            StreamLab.await("all to be held", () -> {
                consumer.poll(Duration.ofMillis(1)).forEach(record -> ids.add(Received.id(record)));
                return consumed.submitted() >= 40;
            });
            assertThat(ids).isEmpty();
            // until no fetch is under way
            consumer.pause(List.of(only));
            for (int i = 0; i < 20; i++) {
                consumer.poll(Duration.ofMillis(10));
            }
            lab.send(IntStream.range(40, 50).mapToObj(id -> StreamLab.record(topics.input(), 0, "key", id, VALUE)));
            admin.deleteRecords(Map.of(only, RecordsToDelete.beforeOffset(45)))
                    .all()
                    .get();
            consumer.resume(List.of(only));
            tagger.release();
            assertThatThrownBy(() -> StreamLab.await("the failure", () -> {
                        consumer.poll(Duration.ofMillis(50)).forEach(record -> ids.add(Received.id(record)));
                        return false;
                    }))
                    .isInstanceOf(OffsetOutOfRangeException.class);
        }
        assertThat(ids).isEqualTo(IntStream.range(0, 40).boxed().toList());
    }

    @Test
    void whatTheRebalanceListenerPausesStaysPausedWhereThereIsNoRoom() {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 2 * MOST);
        Set<TopicPartition> kept = new HashSet<>();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                Lab mine = consumer(topics, tagger);
                Lab others = consumer(topics, tagger)) {
            tagger.hold();
            ReadyConsumer first = mine.consumer();
            ReadyConsumer second = others.consumer();
            first.subscribe(List.of(topics.input()), new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                    if (first.assignment().size() < PARTITIONS && kept.isEmpty()) {
                        kept.addAll(first.assignment());
                        first.pause(kept);
                    }
                }

                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                    // nothing to commit
                }
            });
            StreamLab.await("the first to have all, and no room", () -> {
                first.poll(Duration.ofMillis(20));
                return first.assignment().size() == PARTITIONS && mine.submitted() > MOST - POLL;
            });
            second.subscribe(List.of(topics.input()), new NothingToCommit());
            StreamLab.await("the second's share", () -> {
                first.poll(Duration.ofMillis(20));
                second.poll(Duration.ofMillis(20));
                return !kept.isEmpty() && !second.assignment().isEmpty();
            });
            assertThat(first.paused()).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    private static final class NothingToCommit implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // they are read
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // nothing to commit
        }
    }

    @Test
    void resultsThatComeBetweenEarlyCommitsAreGatheredForTheNext() {
        TopicSettings topics = lab.topics(PARTITIONS);
        TopicPartition first = partitions(topics).get(0);
        List<Boolean> commits = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        Duration interval = Duration.ofSeconds(20);
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                UpperCaseTagger slow = new UpperCaseTagger(Duration.ofMillis(1));
                Lab consumed = consumer(topics, tagger, new ReadyConsumer.Limits(MOST, POLL, PATIENCE, interval))) {
            ReadyConsumer consumer = consumed.consumer();
            slow.hold();
            consumer.assign(List.of(first));
            send(topics, 0, 1);
            poll(consumer, counts, commits, 1);
            send(topics, PARTITIONS, 1); // the end of a burst, once in an interval
            poll(consumer, counts, commits, 2);

            send(topics, 2 * PARTITIONS, 1);
            send(topics, 3 * PARTITIONS, 1);
            poll(consumer, counts, commits, 4);
        }
        assertThat(counts).containsExactly(1, 1, 2);
        assertThat(commits).containsExactly(true, true, false, true);
    }

    /** Polls until there are so many records in all, and notes what each poll returned and which of them ask for a commit. */
    private static void poll(ReadyConsumer consumer, List<Integer> counts, List<Boolean> commits, int total) {
        StreamLab.await(total + " records", () -> {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(10));
            if (!polled.isEmpty()) {
                counts.add(polled.count());
            }
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                commits.add(InFlightRecord.take(record.headers()).processed());
            }
            return commits.size() == total;
        });
    }

    @Test
    void whereTheEngineMayBlockNothingIsRead() {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 40);
        AtomicBoolean crowded = new AtomicBoolean(true);
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                Lab consumed = consumer(topics, tagger, patient(), Map.of(), crowded::get)) {
            ReadyConsumer consumer = consumed.consumer();
            consumer.assign(partitions(topics));
            for (int i = 0; i < 20; i++) {
                assertThat(consumer.poll(Duration.ofMillis(20)).isEmpty()).isTrue();
            }
            crowded.set(false);
            StreamLab.await(
                    "records", () -> consumer.poll(Duration.ofMillis(100)).count() > 0);
        }
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

        private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(5));
        private final ReadyConsumer consumer;
        private final Queue<Integer> ids;
        private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        private final AtomicBoolean closing = new AtomicBoolean();
        private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
        private final AtomicInteger polled = new AtomicInteger();

        Member(TopicSettings topics, Queue<Integer> ids) {
            this.ids = ids;
            this.consumer = ReadyConsumerIT.consumer(topics, tagger).consumer();
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
                    for (ConsumerRecord<byte[], byte[]> record : some) {
                        ids.add(Received.id(record));
                    }
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
            tagger.close();
        }
    }

    /** A consumer and the intake that it submits to. */
    private record Lab(ReadyConsumer consumer, Intake intake) implements AutoCloseable {

        long submitted() {
            return intake.stats().records();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    private static Lab consumer(TopicSettings topics, UpperCaseTagger tagger) {
        return consumer(topics, tagger, patient(), Map.of());
    }

    private static Lab consumer(TopicSettings topics, UpperCaseTagger tagger, ReadyConsumer.Limits limits) {
        return consumer(topics, tagger, limits, Map.of());
    }

    private static Lab consumer(
            TopicSettings topics, UpperCaseTagger tagger, ReadyConsumer.Limits limits, Map<String, Object> more) {
        return consumer(topics, tagger, limits, more, () -> false);
    }

    private static Lab consumer(
            TopicSettings topics,
            UpperCaseTagger tagger,
            ReadyConsumer.Limits limits,
            Map<String, Object> more,
            BooleanSupplier crowded) {
        Intake intake = Texts.intake(record -> Texts.event("id", "text"), Texts.enricher(tagger, 2 * MOST));
        KafkaConsumer<byte[], byte[]> kafka =
                new KafkaConsumer<>(settings(topics, more), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return new Lab(new ReadyConsumer(kafka, intake, crowded, limits, offsets -> {}), intake);
    }

    /** Results are returned as soon as they are there. */
    private static ReadyConsumer.Limits patient() {
        return limits(MOST, PATIENCE);
    }

    private static ReadyConsumer.Limits limits(int pending, Duration patience) {
        return new ReadyConsumer.Limits(pending, POLL, patience, Duration.ZERO);
    }

    private static Map<String, Object> settings(TopicSettings topics, Map<String, Object> more) {
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
                "max.poll.records",
                POLL,
                "partition.assignment.strategy",
                CooperativeStickyAssignor.class.getName()));
        settings.putAll(more);
        return settings;
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
