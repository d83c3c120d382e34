package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.config.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What polls return and when, whatever happens meanwhile. */
class ReadyConsumerIT {

    private static final int PARTITIONS = 4;
    private static final int MOST = 1000;
    private static final byte[] VALUE = {1};

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @Test
    void recordsAreReadAheadAndReturnedWithTheirResultsInOrder() {
        int count = 4000;
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, count);
        Arrivals arrivals = new Arrivals();
        List<Integer> ids = new ArrayList<>();
        List<Integer> pending = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(40));
                ReadyConsumer consumer = consumer(topics, arrivals, prefetching(tagger, arrivals))) {
            consumer.assign(partitions(topics));
            StreamLab.await("all records", () -> {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
                pending.add(arrivals.pending(partitions(topics)));
                for (TopicPartition partition : polled.partitions()) {
                    assertThat(polled.records(partition)).hasSizeLessThanOrEqualTo(ReadyConsumer.LARGE_POLL);
                }
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    assertThat(record.offset()).isEqualTo(next.getOrDefault(partition, 0L));
                    next.put(partition, record.offset() + 1);
                    Optional<Arrival> arrival = arrivals.take(partition, record.offset(), record.value());
                    assertThat(arrival).hasValueSatisfying(found -> assertThat(found.isDone())
                            .isTrue());
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
        Arrivals arrivals = new Arrivals();
        Map<Integer, List<Long>> offsets = new HashMap<>();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                ReadyConsumer consumer = consumer(topics, arrivals, prefetching(tagger, arrivals))) {
            tagger.hold();
            consumer.assign(partitions);
            StreamLab.await("all to be held", () -> {
                consumer.poll(Duration.ofMillis(1)).forEach(record -> offsets(offsets, record));
                return arrivals.size()
                                + offsets.values().stream().mapToInt(List::size).sum()
                        >= 40 * PARTITIONS;
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

    private static void offsets(Map<Integer, List<Long>> offsets, ConsumerRecord<byte[], byte[]> record) {
        offsets.computeIfAbsent(record.partition(), key -> new ArrayList<>()).add(record.offset());
    }

    @Test
    void aRecordWhoseResultDoesNotComeIsReturnedWithoutIt() throws InterruptedException {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 1);
        TopicPartition first = partitions(topics).get(0);
        Arrivals arrivals = new Arrivals();
        arrivals.put(first, 0, VALUE, new Arrival.Submitted(Texts.pending()));
        try (ReadyConsumer consumer = consumer(topics, arrivals, Duration.ofMillis(200), Map.of())) {
            consumer.assign(List.of(first));
            StreamLab.await(
                    "the record", () -> consumer.poll(Duration.ofMillis(100)).count() > 0);
        }
        assertThat(arrivals.firstPending(first)).hasValue(0);
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
        try (ReadyConsumer consumer = consumer(topics, arrivals, Map.of())) {
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
        Arrivals arrivals = new Arrivals();
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(20));
                ReadyConsumer consumer = consumer(
                        topics, arrivals, Map.of("auto.offset.reset", "none"), prefetching(tagger, arrivals))) {
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
        Arrivals arrivals = new Arrivals();
        List<Integer> ids = new ArrayList<>();
        Map<String, Object> settings = new HashMap<>(Map.of("auto.offset.reset", "none", "fetch.max.wait.ms", 50));
        try (UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));
                Admin admin = lab.admin();
                ReadyConsumer consumer = consumer(topics, arrivals, settings, prefetching(tagger, arrivals))) {
            tagger.hold();
            consumer.assign(List.of(only));
            consumer.seek(only, 0);
            StreamLab.await("all to be held", () -> {
                consumer.poll(Duration.ofMillis(1)).forEach(record -> ids.add(Received.id(record)));
                return arrivals.size() >= 40;
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
    void whatTheRebalanceListenerPausesStaysPausedWhereThereIsNoRoom() throws InterruptedException {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 40);
        List<TopicPartition> partitions = partitions(topics);
        Arrivals arrivals = new Arrivals();
        Set<TopicPartition> kept = new HashSet<>();
        try (ReadyConsumer first = consumer(topics, arrivals, Map.of());
                ReadyConsumer second = consumer(topics, new Arrivals(), Map.of())) {
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
            StreamLab.await("the first to have all", () -> {
                first.poll(Duration.ofMillis(20));
                return first.assignment().size() == PARTITIONS;
            });
            for (int i = 0; i < MOST; i++) {
                for (TopicPartition partition : partitions) {
                    arrivals.put(partition, 1000 + i, VALUE, new Arrival.Submitted(Texts.pending()));
                }
            }
            second.subscribe(List.of(topics.input()));
            StreamLab.await("the second's share", () -> {
                first.poll(Duration.ofMillis(20));
                second.poll(Duration.ofMillis(20));
                return !kept.isEmpty() && !second.assignment().isEmpty();
            });
            assertThat(first.paused()).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    @Test
    void resultsThatComeBetweenEarlyCommitsAreGatheredForTheNext() throws InterruptedException {
        TopicSettings topics = lab.topics(PARTITIONS);
        TopicPartition first = partitions(topics).get(0);
        EarlyCommits commits = early(Duration.ofSeconds(8));
        Arrivals arrivals = new Arrivals();
        put(arrivals, first, 10); // something is under way all the time
        List<Integer> counts = new ArrayList<>();
        try (ReadyConsumer consumer = consumer(topics, arrivals, commits, limits(Duration.ofSeconds(30)))) {
            consumer.assign(List.of(first));
            send(topics, 0, 1);
            StreamLab.await(
                    "a record", () -> consumer.poll(Duration.ofMillis(100)).count() == 1);
            assertThat(commits.processed(first)).isTrue();

            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                send(topics, PARTITIONS, 1);
                send(topics, 2 * PARTITIONS, 1);
            });
            StreamLab.await("two records", () -> {
                counts.add(consumer.poll(Duration.ofSeconds(10)).count());
                return counts.stream().mapToInt(Integer::intValue).sum() == 2;
            });
            sent.join();
        }
        assertThat(counts).containsExactly(2);
        assertThat(commits.processed(first)).isFalse();
        assertThat(commits.processed(first)).isTrue();
    }

    @Test
    void theLastResultsOfABurstNeedNotWaitForTheNextEarlyCommit() throws InterruptedException {
        TopicSettings topics = lab.topics(PARTITIONS);
        TopicPartition first = partitions(topics).get(0);
        EarlyCommits commits = early(Duration.ofHours(1));
        Arrivals arrivals = new Arrivals();
        try (ReadyConsumer consumer = consumer(topics, arrivals, commits, limits(Duration.ofSeconds(30)))) {
            consumer.assign(List.of(first));
            PendingText last = put(arrivals, first, 1);
            send(topics, 0, 1);
            send(topics, PARTITIONS, 1);
            StreamLab.await(
                    "a record", () -> consumer.poll(Duration.ofMillis(100)).count() == 1);
            assertThat(commits.processed(first)).isTrue();

            last.enrichment().cancel();
            assertThat(consumer.poll(Duration.ofMinutes(1)).count()).isEqualTo(1);
            assertThat(commits.processed(first)).isTrue();
        }
    }

    @Test
    void whoeverHadNoRoomCommitsEarlyWhenTheLastResultsCome() throws InterruptedException {
        TopicSettings topics = lab.topics(PARTITIONS);
        TopicPartition first = partitions(topics).get(0);
        EarlyCommits commits = early(Duration.ofMillis(1));
        Arrivals arrivals = new Arrivals();
        List<PendingText> texts = new ArrayList<>();
        try (ReadyConsumer consumer =
                consumer(topics, arrivals, commits, new ReadyConsumer.Limits(8, Duration.ofSeconds(30)))) {
            consumer.assign(List.of(first));
            Thread.sleep(100); // results that came so slowly are not looked for often
            send(topics, 0, 1);
            StreamLab.await(
                    "a record", () -> consumer.poll(Duration.ofMillis(100)).count() == 1);

            for (int offset = 1; offset <= 6; offset++) {
                texts.add(put(arrivals, first, offset));
                send(topics, offset * PARTITIONS, 1);
            }
            StreamLab.await("all to be read", () -> {
                assertThat(consumer.poll(Duration.ofMillis(10)).isEmpty()).isTrue();
                return consumer.currentLag(first).orElse(1) == 0;
            });
            texts.add(put(arrivals, first, 7));
            texts.add(put(arrivals, first, 8));
            CompletableFuture<Void> done = CompletableFuture.runAsync(
                    () -> texts.forEach(text -> text.enrichment().cancel()),
                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
            StreamLab.await(
                    "six records", () -> consumer.poll(Duration.ofSeconds(5)).count() == 6);
            done.join();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(commits.processed(first)).isFalse();
        }
        assertThat(commits.processed(first)).isTrue();
    }

    private static PendingText put(Arrivals arrivals, TopicPartition partition, long offset)
            throws InterruptedException {
        PendingText text = Texts.pending();
        arrivals.put(partition, offset, VALUE, new Arrival.Submitted(text));
        return text;
    }

    @Test
    void whereTheEngineMayBlockNothingIsRead() {
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 0, 40);
        AtomicBoolean crowded = new AtomicBoolean(true);
        Map<String, Object> settings = settings(topics, Map.of());
        EarlyCommits never = Texts.noEarlyCommits();
        try (ReadyConsumer consumer =
                new ReadyConsumer(settings, new Arrivals(), never, crowded::get, limits(Duration.ofSeconds(30)))) {
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
        private final Arrivals arrivals = new Arrivals();
        private final ReadyConsumer consumer;
        private final Queue<Integer> ids;
        private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        private final AtomicBoolean closing = new AtomicBoolean();
        private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
        private final AtomicInteger polled = new AtomicInteger();

        Member(TopicSettings topics, Queue<Integer> ids) {
            this.ids = ids;
            this.consumer = consumer(topics, arrivals, prefetching(tagger, arrivals));
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
                        arrivals.take(
                                new TopicPartition(record.topic(), record.partition()),
                                record.offset(),
                                record.value());
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

    /** Settings of a consumer whose records go to a model. */
    private static Map<String, Object> prefetching(UpperCaseTagger tagger, Arrivals arrivals) {
        Intake intake = Texts.intake(record -> Texts.event("id", "text"), Texts.enricher(tagger, 2 * MOST), arrivals);
        return Map.of(
                "interceptor.classes", PollPrefetcher.class.getName(), PollPrefetcher.INTAKE_CONFIG, (Object) intake);
    }

    private static ReadyConsumer consumer(TopicSettings topics, Arrivals arrivals, Map<String, Object> more) {
        return consumer(topics, arrivals, Duration.ofSeconds(30), more);
    }

    private static ReadyConsumer consumer(
            TopicSettings topics, Arrivals arrivals, Map<String, Object> more, Map<String, Object> evenMore) {
        Map<String, Object> all = new HashMap<>(more);
        all.putAll(evenMore);
        return consumer(topics, arrivals, all);
    }

    private static ReadyConsumer consumer(
            TopicSettings topics, Arrivals arrivals, Duration patience, Map<String, Object> more) {
        return new ReadyConsumer(
                settings(topics, more), arrivals, Texts.noEarlyCommits(), () -> false, limits(patience));
    }

    private static ReadyConsumer consumer(
            TopicSettings topics, Arrivals arrivals, EarlyCommits commits, ReadyConsumer.Limits limits) {
        return new ReadyConsumer(settings(topics, Map.of()), arrivals, commits, () -> false, limits);
    }

    /** Commits so far apart, and one of a thread at rest within that time. */
    private static EarlyCommits early(Duration apart) {
        return new EarlyCommits(apart, apart, true, System::nanoTime);
    }

    private static ReadyConsumer.Limits limits(Duration patience) {
        return new ReadyConsumer.Limits(MOST, patience);
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
