package dev.lexstream.stream;

import dev.lexstream.failure.Reason;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Kafka Streams' hook for failures of processors: a data error becomes a dead letter in the same transaction as the offset
 * of its record, everything else fails the stream thread.
 *
 * <p>Kafka Streams' own {@code errors.dead.letter.queue.topic.name} stays unset: its other handlers would dead-letter records
 * when the broker is the one in trouble.
 */
public final class DeadLetterHandler implements ProcessingExceptionHandler {

    /** Setting that holds the shared {@link DeadLetters}, an object and not its name. */
    public static final String DEAD_LETTERS_CONFIG = "lexstream.dead.letters";

    private DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> settings) {
        Object found = settings.get(DEAD_LETTERS_CONFIG);
        if (!(found instanceof DeadLetters shared)) {
            throw new ConfigException(
                    DEAD_LETTERS_CONFIG,
                    found == null ? null : found.getClass().getName(),
                    "must be an object of " + DeadLetters.class.getName());
        }
        deadLetters = shared;
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        if (FailureReasons.of(failure).kind() == Reason.Kind.DATA) {
            // "fail" would abort the transaction, and the dead letter with it
            return Response.resume(List.of(deadLetters.of(context, failure)));
        }
        return Response.fail();
    }
}
