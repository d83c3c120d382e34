package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.event.UndecodableEventException;
import java.time.Clock;
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
    private static final byte[] VALUE = new byte[100];
    private static final String STACKTRACE = "__streams.errors.stacktrace";

    private final Headers headers = new RecordHeaders().add("trace", new byte[] {1, 2});
    private final Exception failure = new UndecodableEventException("no event", new IllegalStateException("inner"));

    @Test
    void aDeadLetterIsTheOneOfKafkasOwnHandler() {
        LogAndContinueProcessingExceptionHandler kafkas = new LogAndContinueProcessingExceptionHandler();
        kafkas.configure(Map.of(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "dead"));

        ProducerRecord<byte[], byte[]> letter = deadLetters(1_000_000).of(context(), failure);

        assertThat(letter)
                .isEqualTo(kafkas.handleError(context(), null, failure)
                        .deadLetterQueueRecords()
                        .get(0));
    }

    @Test
    void aFailureWithoutAMessageHasOneWithoutAValue() {
        ProducerRecord<byte[], byte[]> letter =
                deadLetters(1_000_000).of(context(), new UndecodableEventException(null));

        assertThat(letter.headers().lastHeader("__streams.errors.message").value())
                .isNull();
    }

    @Test
    void theStackTraceIsLeftOutWhereItDoesNotFit() {
        DeadLetters deadLetters = deadLetters(800);

        ProducerRecord<byte[], byte[]> letter = deadLetters.of(context(), failure);

        assertThat(letter.headers().lastHeader(STACKTRACE)).isNull();
        assertThat(letter.value()).isSameAs(VALUE);
        assertThat(deadLetters.count()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitAtAllIsNotPassedOver() {
        DeadLetters deadLetters = deadLetters(100);

        assertThatThrownBy(() -> deadLetters.of(context(), failure))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("texts-3 offset 42")
                .hasMessageContaining("max.message.bytes");
        assertThat(deadLetters.count()).isZero();
    }

    @Test
    void theHandlerContinuesForDataErrorsAndFailsForAllElse() {
        DeadLetterHandler handler = new DeadLetterHandler();
        handler.configure(Map.of(DeadLetterHandler.DEAD_LETTERS_CONFIG, deadLetters(1_000_000)));

        ProcessingExceptionHandler.Response data = handler.handleError(context(), null, failure);
        ProcessingExceptionHandler.Response other =
                handler.handleError(context(), null, new ResultUnavailableException("device lost", null));

        assertThat(data.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
        assertThat(data.deadLetterQueueRecords()).hasSize(1);
        assertThat(other.result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(other.deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void theHandlersSettingMustBeTheDeadLetters() {
        assertThatThrownBy(() -> new DeadLetterHandler().configure(Map.of("lexstream.dead.letters", "dead")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("lexstream.dead.letters");
    }

    private static DeadLetters deadLetters(long maxBytes) {
        return new DeadLetters(new OutputTopic("dead", maxBytes), Clock.systemUTC());
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
