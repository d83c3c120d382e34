package dev.lexstream.stream;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.inference.DeviceLostException;
import dev.lexstream.registry.SchemaRejectedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultPolicyTest {

    private static final FaultPolicy.Limits LIMITS =
            new FaultPolicy.Limits(3, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final List<Duration> pauses = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final FaultPolicy policy = new FaultPolicy(LIMITS, clock, pauses::add);

    @Test
    void failuresInARowArePausedForLongerAndThenTheLastIsTheFault() {
        List<Object> responses = new ArrayList<>();
        StreamsException last = new StreamsException("fourth");
        for (String message : List.of("first", "second", "third")) {
            responses.add(policy.handle(new StreamsException(message)));
        }
        assertThat(policy.fault()).isNotDone();

        responses.add(policy.handle(last));

        assertThat(responses).containsExactly(REPLACE_THREAD, REPLACE_THREAD, REPLACE_THREAD, SHUTDOWN_CLIENT);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(policy.fault()).isCompletedWithValue(last);
    }

    @Test
    void replacementsOutsideTheWindowAreForgotten() {
        for (int i = 0; i < 10; i++) {
            assertThat(policy.handle(new StreamsException("now and then"))).isEqualTo(REPLACE_THREAD);
            clock.now = clock.now.plus(Duration.ofSeconds(40));
        }
        assertThat(policy.fault()).isNotDone();
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
        FaultPolicy interrupted = new FaultPolicy(LIMITS, clock, time -> {
            throw new InterruptedException();
        });

        assertThat(interrupted.handle(new StreamsException("any"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

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
