package dev.lexstream.stream.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.config.DeadLetterSettings;
import dev.lexstream.config.DeadLetterSettings.TooLarge;
import dev.lexstream.config.PipelineDefaults;
import dev.lexstream.failure.Reason;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.stream.topic.OutputTopic;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] VALUE = new byte[1000];
    private static final String STACKTRACE = "__streams.errors.stacktrace";

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final DeadLetterCounts counts = new DeadLetterCounts("dead", 1, CLOCK);
    private final Headers headers = new RecordHeaders().add("trace", new byte[] {1, 2});
    private final Exception failure = new UndecodableEventException("no event", new IllegalStateException("inner"));

    @Test
    void aDeadLetterIsTheOneOfKafkasOwnHandlerWithATimeAndAReason() {
        LogAndContinueProcessingExceptionHandler kafkas = new LogAndContinueProcessingExceptionHandler();
        kafkas.configure(Map.of(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "dead"));

        ProducerRecord<byte[], byte[]> letter = letter(deadLetters(1_000_000));

        ProducerRecord<byte[], byte[]> kafkasOwn = kafkas.handleError(context(), null, failure)
                .deadLetterQueueRecords()
                .get(0);
        assertThat(letter.key()).isEqualTo(kafkasOwn.key());
        assertThat(letter.value()).isEqualTo(kafkasOwn.value());
        assertThat(letter.headers().toArray()).contains(kafkasOwn.headers().toArray());
        assertThat(letter.timestamp()).isEqualTo(NOW.toEpochMilli());
        assertThat(header(letter, "timestamp")).isEqualTo("1000");
        assertThat(header(letter, "reason")).isEqualTo("invalid-event");
    }

    @Test
    void theErrorsOfAnEarlierDeadLetterAreReplaced() {
        headers.add("__streams.errors.message", "an old one".getBytes(UTF_8));
        headers.add("__streams.errors.of.another.tool", "an old one".getBytes(UTF_8));

        ProducerRecord<byte[], byte[]> letter = letter(deadLetters(1_000_000));

        assertThat(letter.headers().headers("__streams.errors.message")).hasSize(1);
        assertThat(header(letter, "message")).isEqualTo("no event");
        assertThat(letter.headers().lastHeader("__streams.errors.of.another.tool"))
                .isNull();
        assertThat(letter.headers().lastHeader("trace")).isNotNull();
    }

    @Test
    void aFailureWithoutAMessageHasOneWithoutAValue() {
        ProducerRecord<byte[], byte[]> letter =
                deadLetters(1_000_000).of(context(), new UndecodableEventException(null), Reason.INVALID_EVENT, false);

        assertThat(letter.headers().lastHeader("__streams.errors.message").value())
                .isNull();
    }

    @Test
    void theStackTraceIsLeftOutWhereItDoesNotFit() {
        DeadLetters deadLetters = deadLetters(1800);

        ProducerRecord<byte[], byte[]> letter = letter(deadLetters);

        assertThat(letter.headers().lastHeader(STACKTRACE)).isNull();
        assertThat(letter.value()).isSameAs(VALUE);
        assertThat(counts.byReason()).isEqualTo(Map.of(Reason.INVALID_EVENT, 1L));
    }

    @Test
    void theValueIsLeftOutWhereItDoesNotFitAndItsSizeAndHashStayBehind() throws Exception {
        ProducerRecord<byte[], byte[]> letter = letter(deadLetters(1000));

        assertThat(letter.value()).isNull();
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.headers().lastHeader("trace")).isNotNull();
        assertThat(header(letter, "value.size")).isEqualTo("1000");
        assertThat(header(letter, "value.sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(VALUE)));
        assertThat(header(letter, "topic")).isEqualTo("texts");
        assertThat(header(letter, "partition")).isEqualTo("3");
        assertThat(header(letter, "offset")).isEqualTo("42");
    }

    @Test
    void keyAndHeadersAreLeftOutLast() {
        headers.add("large", new byte[1000]);

        ProducerRecord<byte[], byte[]> letter = letter(deadLetters(1000));

        assertThat(letter.value()).isNull();
        assertThat(letter.key()).isNull();
        assertThat(letter.headers().lastHeader("large")).isNull();
        assertThat(header(letter, "key.size")).isEqualTo("3");
        assertThat(header(letter, "headers.dropped")).isEqualTo("2");
    }

    @Test
    void whereTheValueMustNotBeLeftOutTheProcessEndsWithAdvice() {
        DeadLetters deadLetters = new DeadLetters(
                () -> OutputTopic.limited("dead", 1000), new DeadLetterSettings(TooLarge.STOP, 1), counts, CLOCK);

        assertThatThrownBy(() -> letter(deadLetters))
                .isInstanceOf(DeadLetterException.class)
                .hasMessageContaining("texts-3 offset 42")
                .hasMessageContaining("max.message.bytes")
                .satisfies(e -> assertThat(FailureReasons.of(e)).isEqualTo(Reason.DEAD_LETTER_TOO_LARGE));
        assertThat(counts.count()).isZero();
    }

    @Test
    void tooLargeAShareOfDeadLettersEndsTheProcess() {
        DeadLetterCounts strict = new DeadLetterCounts("dead", 0.5, CLOCK);
        for (int i = 0; i < 1000; i++) {
            strict.read();
        }
        for (int i = 0; i < 500; i++) {
            strict.add(Reason.UNDECODABLE, context(), failure);
        }

        assertThatThrownBy(() -> strict.add(Reason.UNDECODABLE, context(), failure))
                .isInstanceOf(DeadLetterException.class)
                .hasMessageContaining("501 of 1000")
                .hasMessageContaining("dead-letters.max-share")
                .satisfies(e -> assertThat(FailureReasons.of(e)).isEqualTo(Reason.TOO_MANY_DEAD_LETTERS));
    }

    @Test
    void theHandlerContinuesForDataErrorsAndFailsForAllElse() {
        DeadLetterHandler handler = handler();

        ProcessingExceptionHandler.Response data = handler.handleError(context(), null, failure);
        ProcessingExceptionHandler.Response other =
                handler.handleError(context(), null, new RegistryUnavailableException("away", null));

        assertThat(data.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
        assertThat(data.deadLetterQueueRecords()).hasSize(1);
        assertThat(other.result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(other.deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void aRecordThatFailsForNoKnownReasonIsADeadLetterTheThirdTime() {
        DeadLetterHandler handler = handler();
        Exception defect = new IllegalStateException("a defect");

        assertThat(handler.handleError(context(), null, defect).result())
                .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(handler.handleError(context(), null, defect).result())
                .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        ProcessingExceptionHandler.Response third = handler.handleError(context(), null, defect);

        assertThat(third.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
        assertThat(header(third.deadLetterQueueRecords().get(0), "reason")).isEqualTo("internal");
    }

    /** Between two of them, each time, another one is committed, and yet there is an end. */
    @Test
    void manySuchRecordsAreNoLongerTheirOwnFault() {
        for (int i = 0; i < DeadLetterCounts.MAX_INTERNAL; i++) {
            counts.add(Reason.INTERNAL, context(), failure);
        }

        assertThatThrownBy(() -> counts.add(Reason.INTERNAL, context(), failure))
                .isInstanceOf(DeadLetterException.class)
                .satisfies(e -> assertThat(FailureReasons.of(e)).isEqualTo(Reason.TOO_MANY_DEAD_LETTERS));
    }

    private DeadLetterHandler handler() {
        DeadLetterHandler handler = new DeadLetterHandler();
        handler.configure(Map.of(
                DeadLetterHandler.DECISIONS_CONFIG,
                new DeadLetterHandler.Decisions(deadLetters(1_000_000), new RecordHistory(CLOCK))));
        return handler;
    }

    private ProducerRecord<byte[], byte[]> letter(DeadLetters deadLetters) {
        return deadLetters.of(context(), failure, Reason.INVALID_EVENT, false);
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(
                letter.headers().lastHeader("__streams.errors." + name).value(), UTF_8);
    }

    @Test
    void theHandlersSettingMustBeTheDeadLetters() {
        assertThatThrownBy(() -> new DeadLetterHandler().configure(Map.of("lexstream.dead.letters", "dead")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("lexstream.dead.letters");
    }

    private DeadLetters deadLetters(long maxBytes) {
        return new DeadLetters(
                () -> OutputTopic.limited("dead", maxBytes), PipelineDefaults.DEAD_LETTERS, counts, CLOCK);
    }

    private ErrorHandlerContext context() {
        return new ErrorHandlerContext() {
            @Override
            public String topic() {
                return "texts";
            }

            @Override
            public int partition() {
                return 3;
            }

            @Override
            public long offset() {
                return 42;
            }

            @Override
            public Headers headers() {
                return headers;
            }

            @Override
            public String processorNodeId() {
                return "decode";
            }

            @Override
            public TaskId taskId() {
                return new TaskId(0, 3);
            }

            @Override
            public long timestamp() {
                return 1000;
            }

            @Override
            public byte[] sourceRawKey() {
                return KEY;
            }

            @Override
            public byte[] sourceRawValue() {
                return VALUE;
            }
        };
    }
}
