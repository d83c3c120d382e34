package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.plan.Enrichment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.TopicPartition;

class ArrivalsTest {

    private static final TopicPartition PARTITION = new TopicPartition("texts", 0);
    private static final byte[] VALUE = {1};

    /** Transaction markers and compaction leave gaps between offsets. */
    private static final long GAP = 3;

    private final Arrivals arrivals = new Arrivals();

    @Example
    void anArrivalIsGivenOnce() {
        Arrival arrival = arrival();
        arrivals.put(PARTITION, 5, VALUE, arrival);

        assertThat(arrivals.take(PARTITION, 5, VALUE)).containsSame(arrival);
        assertThat(arrivals.take(PARTITION, 5, VALUE)).isEmpty();
    }

    @Example
    void anotherRecordAtTheSameOffsetGetsNothing() {
        arrivals.put(PARTITION, 5, VALUE, arrival());

        assertThat(arrivals.take(PARTITION, 5, VALUE.clone())).isEmpty();
        assertThat(arrivals.size()).isZero();
    }

    @Example
    void gapsInOffsetsAreFine() {
        Arrival later = arrival();
        arrivals.put(PARTITION, 5, VALUE, arrival());
        arrivals.put(PARTITION, 9, VALUE, later);

        assertThat(arrivals.take(PARTITION, 7, VALUE)).isEmpty();
        assertThat(arrivals.take(PARTITION, 9, VALUE)).containsSame(later);
    }

    @Example
    void aPollThatGoesBackDropsWhatCameBefore() {
        byte[] again = {1};
        Arrival second = arrival();
        arrivals.put(PARTITION, 5, VALUE, arrival());
        arrivals.put(PARTITION, 6, VALUE, arrival());

        arrivals.put(PARTITION, 5, again, second);

        assertThat(arrivals.size()).isEqualTo(1);
        assertThat(arrivals.take(PARTITION, 5, again)).containsSame(second);
    }

    @Example
    void partitionsDoNotDisturbEachOther() {
        TopicPartition other = new TopicPartition("texts", 1);
        Arrival kept = arrival();
        arrivals.put(PARTITION, 5, VALUE, kept);
        arrivals.put(other, 5, VALUE, arrival());

        arrivals.drop(other);

        assertThat(arrivals.take(PARTITION, 5, VALUE)).containsSame(kept);
        assertThat(arrivals.size()).isZero();
    }

    /**
     * Kafka Streams against a model of itself: it polls partitions in order, buffers, processes in order, and gives
     * partitions up or starts over from an older offset at any time, sometimes without telling.
     */
    @Property(tries = 500)
    void noRecordGetsAnothersArrivalAndMemoryIsBoundedByTheBuffers(@ForAll("runs") List<Step> steps) {
        Arrivals arrivals = new Arrivals();
        Map<TopicPartition, Deque<Buffered>> buffers = new HashMap<>();
        Map<TopicPartition, Long> positions = new HashMap<>();
        IdentityHashMap<Arrival, Buffered> owners = new IdentityHashMap<>();
        // after a rewind that nobody told of, the records before it are held until the partition is polled again
        Map<TopicPartition, Integer> leftBehind = new HashMap<>();

        for (Step step : steps) {
            TopicPartition partition = new TopicPartition("texts", step.partition());
            Deque<Buffered> buffer = buffers.computeIfAbsent(partition, key -> new ArrayDeque<>());
            switch (step.action()) {
                case POLL -> {
                    leftBehind.remove(partition);
                    for (int i = 0; i < step.count(); i++) {
                        long offset = positions.merge(partition, GAP, Long::sum);
                        Buffered record = new Buffered(partition, offset, new byte[] {(byte) i});
                        Arrival arrival = arrival();
                        owners.put(arrival, record);
                        arrivals.put(partition, offset, record.value(), arrival);
                        buffer.addLast(record);
                    }
                }
                case PROCESS -> {
                    for (int i = 0; i < step.count() && !buffer.isEmpty(); i++) {
                        Buffered record = buffer.removeFirst();
                        Optional<Arrival> taken = arrivals.take(partition, record.offset(), record.value());
                        assertThat(taken.map(owners::get)).containsSame(record);
                    }
                }
                case CLOSE_AND_REWIND -> {
                    arrivals.drop(partition);
                    leftBehind.remove(partition);
                    buffer.clear();
                    positions.computeIfPresent(partition, (key, position) -> position - step.count() * GAP);
                }
                case REWIND_UNTOLD -> {
                    leftBehind.merge(partition, buffer.size(), Integer::sum);
                    buffer.clear();
                    positions.computeIfPresent(partition, (key, position) -> position - step.count() * GAP);
                }
                case OTHER_THREAD_DROPS -> {
                    arrivals.drop(partition);
                    leftBehind.remove(partition);
                    for (Buffered record : buffer) {
                        assertThat(arrivals.take(partition, record.offset(), record.value()))
                                .isEmpty();
                    }
                    buffer.clear();
                }
            }
            int buffered = buffers.values().stream().mapToInt(Deque::size).sum();
            int left = leftBehind.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(arrivals.size()).isEqualTo(buffered + left);
        }
    }

    @Provide
    Arbitrary<List<Step>> runs() {
        return Combinators.combine(
                        Arbitraries.of(Action.class),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 8))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    private enum Action {
        POLL,
        PROCESS,
        CLOSE_AND_REWIND,
        REWIND_UNTOLD,
        OTHER_THREAD_DROPS
    }

    private record Step(Action action, int partition, int count) {}

    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    private record Buffered(TopicPartition partition, long offset, byte[] value) {}

    private static Arrival arrival() {
        return new Arrival.Failed(new UndecodableEventException("told apart by identity"));
    }

    @Example
    void droppedArrivalsAreCancelled() throws InterruptedException {
        List<Enrichment> started = new ArrayList<>();
        for (int offset = 0; offset < 4; offset++) {
            arrivals.put(PARTITION, offset, VALUE, submitted(started));
        }

        arrivals.take(PARTITION, 1, VALUE);
        arrivals.put(PARTITION, 3, VALUE, submitted(started));

        assertThat(started)
                .extracting(enrichment -> enrichment.outcome("tag").isCancelled())
                .containsExactly(true, false, true, true, false);
    }

    @Example
    void pendingAreThoseWithoutAResult() throws InterruptedException {
        List<Enrichment> started = new ArrayList<>();
        arrivals.put(PARTITION, 1, VALUE, arrival());
        arrivals.put(PARTITION, 2, VALUE, submitted(started));
        arrivals.put(PARTITION, 3, VALUE, submitted(started));
        started.get(0).cancel();

        assertThat(arrivals.firstPending(PARTITION)).hasValue(3);
        assertThat(arrivals.firstPending(new TopicPartition("texts", 1))).isEmpty();
        assertThat(arrivals.pending(List.of(PARTITION, new TopicPartition("texts", 1))))
                .isEqualTo(1);
    }

    private static Arrival submitted(List<Enrichment> started) throws InterruptedException {
        PendingText text = Texts.pending();
        started.add(text.enrichment());
        return new Arrival.Submitted(text);
    }
}
