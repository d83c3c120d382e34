package dev.lexstream.stream.fault;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.failure.Reason;
import dev.lexstream.inference.DeviceLostException;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.registry.SchemaRejectedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultPolicyTest {

    private static final FaultPolicy.Limits LIMITS = new FaultPolicy.Limits(
            Duration.ofMinutes(5), Duration.ofMinutes(7), new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3)));

    private final List<Duration> pauses = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final RecordHistory records = new RecordHistory(clock);
    private final FaultPolicy policy = new FaultPolicy(LIMITS, records, clock, pauses::add);

    @Test
    void anOutageIsPausedForLongerAndLongerAndItsLastFailureIsTheFault() {
        for (int i = 0; i < 4; i++) {
            assertThat(inThread(() -> policy.handle(new StreamsException("broker away"))))
                    .isEqualTo(REPLACE_THREAD);
        }
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(3));
        StreamsException last = new StreamsException("broker still away");
        clock.pass(Duration.ofMinutes(5));

        assertThat(inThread(() -> policy.handle(last))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.fault()).isCompletedWithValue(last);
    }

    /** However long a cycle takes: seven of 50 seconds are not enough within five minutes, and yet there is an end. */
    @Test
    void aFailureWithoutANameAndWithoutProgressEndsAsNoProgress() {
        StreamThreadExceptionResponse response = REPLACE_THREAD;
        for (int i = 0; i < 6; i++) {
            response = inThread(() -> policy.handle(new IllegalStateException("a defect")));
            assertThat(response).isEqualTo(REPLACE_THREAD);
            clock.pass(Duration.ofSeconds(50));
        }

        response = inThread(() -> policy.handle(new IllegalStateException("a defect")));

        assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(FailureReasons.of(policy.fault().join())).isEqualTo(Reason.NO_PROGRESS);
    }

    @Test
    void aThreadThatCommitsBetweenItsFailuresIsReplacedForEver() {
        for (int i = 0; i < 50; i++) {
            StreamThreadExceptionResponse response = inThread(() -> {
                records.committed(Map.of());
                return policy.handle(new StreamsException("now and then"));
            });
            assertThat(response).isEqualTo(REPLACE_THREAD);
            clock.pass(Duration.ofSeconds(40));
        }
        assertThat(pauses).containsOnly(Duration.ofSeconds(1));
        assertThat(policy.fault()).isNotDone();
    }

    /** What other partitions commit is no progress of the partition that is stuck. */
    @Test
    void oneRecordThatFailsForTooLongIsAnOutageThoughItsThreadCommitsOthers() {
        RecordPosition record = new RecordPosition(new TopicPartition("texts", 0), 7);
        StreamsException away = new StreamsException(new RegistryUnavailableException("registry away", null));
        StreamThreadExceptionResponse response = REPLACE_THREAD;
        for (int i = 0; i < 8; i++) {
            assertThat(response).isEqualTo(REPLACE_THREAD);
            response = inThread(() -> {
                records.committed(Map.of());
                records.processing(record);
                records.failed(record);
                return policy.handle(away);
            });
            clock.pass(Duration.ofSeconds(43));
        }
        assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.fault()).isCompletedWithValue(away);
    }

    @Test
    void failuresFarApartAreNoOutage() {
        for (int i = 0; i < 10; i++) {
            assertThat(inThread(() -> policy.handle(new StreamsException("now and then"))))
                    .isEqualTo(REPLACE_THREAD);
            clock.pass(Duration.ofMinutes(8));
        }
        assertThat(policy.fault()).isNotDone();
    }

    /** Each failure is that of a thread of its own, as of a replaced one. */
    private static <T> T inThread(Callable<T> failure) {
        try {
            FutureTask<T> task = new FutureTask<>(failure);
            new Thread(task).start();
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Throwable> noRetryMends() {
        return Stream.of(
                new OutOfMemoryError(),
                new StreamsException(new SaslAuthenticationException("refused")),
                new StreamsException(new TopicAuthorizationException("refused")),
                new StreamsException(new SchemaRejectedException("incompatible")),
                new StreamsException(new DeviceLostException("hangs", null)),
                new StreamsException(new InterruptException("stop")));
    }

    @ParameterizedTest
    @MethodSource("noRetryMends")
    void whatNoRetryMendsShutsDownAtOnce(Throwable failure) {
        assertThat(policy.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.fault()).isCompletedWithValue(failure);
        assertThat(pauses).isEmpty();
    }

    @Test
    void anInterruptedPauseShutsDownAndKeepsTheFlag() {
        FaultPolicy interrupted = new FaultPolicy(LIMITS, records, clock, time -> {
            throw new InterruptedException();
        });

        assertThat(interrupted.handle(new StreamsException("any"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        private void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this clock has no zones");
        }
    }
}
