package dev.lexstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.stream.StreamLab;
import dev.lexstream.stream.Texts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchemaLookupsTest {

    private final AtomicInteger attempts = new AtomicInteger();

    private static SchemaLookups lookups(Duration unknown, Duration outage) {
        return new SchemaLookups(new SchemaLookups.Timeouts(unknown, outage), System::nanoTime);
    }

    private static PendingText unknown() {
        throw new UndecodableEventException("unknown", new UnknownSchema());
    }

    @Test
    void anIdIsAskedForUntilItIsKnownAndItsRecordsArriveInTheirOrder() {
        AtomicBoolean known = new AtomicBoolean();
        List<Integer> order = new CopyOnWriteArrayList<>();
        try (SchemaLookups lookups = lookups(Duration.ofMinutes(5), Duration.ofMinutes(5))) {
            List<CompletableFuture<PendingText>> waiting = List.of(0, 1, 2).stream()
                    .map(number -> lookups.await(
                            7,
                            () -> {
                                attempts.incrementAndGet();
                                if (!known.get()) {
                                    return unknown();
                                }
                                order.add(number);
                                return Texts.pending();
                            },
                            () -> {}))
                    .toList();
            StreamLab.await("two attempts", () -> attempts.get() > 1);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            known.set(true);
            StreamLab.await("all to arrive", () -> waiting.stream().allMatch(CompletableFuture::isDone));
        }
        assertThat(order).containsExactly(0, 1, 2);
    }

    @Test
    void anIdThatStaysUnknownIsGivenUpForAllItsRecordsAndNotWaitedForAgain() {
        try (SchemaLookups lookups = lookups(Duration.ofMillis(100), Duration.ofMinutes(5))) {
            CompletableFuture<PendingText> first = lookups.await(7, SchemaLookupsTest::unknown, () -> {});
            StreamLab.await("the first", first::isDone);
            long begin = System.nanoTime();
            CompletableFuture<PendingText> second = lookups.await(
                    7,
                    () -> {
                        attempts.incrementAndGet();
                        return unknown();
                    },
                    () -> {});
            StreamLab.await("the second", second::isDone);

            assertThat(attempts).hasValue(1);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            assertThatThrownBy(first::join).hasCauseInstanceOf(UndecodableEventException.class);
            assertThatThrownBy(second::join).hasCauseInstanceOf(UndecodableEventException.class);
        }
    }

    @Test
    void anOutageIsTriedAgainAndToldEachTimeAndThenFailsTheRecord() {
        AtomicInteger outages = new AtomicInteger();
        try (SchemaLookups lookups = lookups(Duration.ofMinutes(5), Duration.ofMillis(500))) {
            CompletableFuture<PendingText> text = lookups.await(
                    7,
                    () -> {
                        throw new RegistryUnavailableException("away", null);
                    },
                    outages::incrementAndGet);
            StreamLab.await("the end", text::isDone);

            assertThat(outages).hasPositiveValue();
            assertThatThrownBy(text::join).hasCauseInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void whoStillWaitsAtTheEndIsNotLeftWaiting() {
        SchemaLookups lookups = lookups(Duration.ofMinutes(5), Duration.ofMinutes(5));
        CompletableFuture<PendingText> text = lookups.await(7, SchemaLookupsTest::unknown, () -> {});
        lookups.close();

        assertThatThrownBy(text::join).isInstanceOf(CancellationException.class);
    }

    private static final class UnknownSchema extends RuntimeException implements Classified {
        private static final long serialVersionUID = 1L;

        @Override
        public Reason reason() {
            return Reason.UNKNOWN_SCHEMA;
        }
    }
}
