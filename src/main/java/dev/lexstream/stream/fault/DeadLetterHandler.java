package dev.lexstream.stream.fault;

import dev.lexstream.failure.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Kafka Streams' hook for failures of processors: a data error becomes a dead letter in the same transaction as the offset
 * of its record, and so does what has failed for no known reason each of {@value RecordHistory#MAX_FAILURES} times;
 * everything else fails the stream thread.
 *
 * <p>Kafka Streams' own {@code errors.dead.letter.queue.topic.name} stays unset: its other handlers would dead-letter records
 * when the broker is the one in trouble.
 */
public final class DeadLetterHandler implements ProcessingExceptionHandler {

    /** Setting that holds the shared {@link Decisions}, an object and not its name. */
    public static final String DECISIONS_CONFIG = "lexstream.dead.letters";

    /** How often the broker may refuse what comes of a record: its output, and its dead letter. */
    private static final int MAX_REFUSALS = 2;

    private Decisions decisions;

    /**
     * What the handler decides by.
     *
     * @param deadLetters makes them
     * @param records remembers what has failed
     */
    public record Decisions(DeadLetters deadLetters, RecordHistory records) {
        public Decisions {
            Objects.requireNonNull(deadLetters, "deadLetters");
            Objects.requireNonNull(records, "records");
        }
    }

    @Override
    public void configure(Map<String, ?> settings) {
        Object found = settings.get(DECISIONS_CONFIG);
        if (!(found instanceof Decisions shared)) {
            throw new ConfigException(
                    DECISIONS_CONFIG,
                    found == null ? null : found.getClass().getName(),
                    "must be an object of " + Decisions.class.getName());
        }
        decisions = shared;
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        Reason reason = FailureReasons.of(failure);
        RecordPosition position = RecordPosition.of(context.topic(), context.partition(), context.offset());
        return switch (reason.kind()) {
            case DATA -> letter(context, failure, reason, position);
            case UNCLASSIFIED -> decisions.records().failedUnclassified(position) < RecordHistory.MAX_FAILURES
                    ? Response.fail()
                    : letter(context, failure, Reason.INTERNAL, position);
            case PASSING -> {
                decisions.records().failed(position);
                yield Response.fail();
            }
            case FINAL -> Response.fail();
        };
    }

    /** "Fail" would abort the transaction, and the dead letter with it. */
    private Response letter(ErrorHandlerContext context, Exception failure, Reason reason, RecordPosition position) {
        int refusals = decisions
                .records()
                .of(position)
                .map(RecordHistory.Failure::refusals)
                .orElse(0);
        if (refusals > MAX_REFUSALS) {
            throw new DeadLetterException(
                    Reason.DEAD_LETTER_TOO_LARGE,
                    "the broker refuses the dead letter of " + position + " even without key, value and headers: "
                            + decisions.records().of(position).orElseThrow().refusal());
        }
        return Response.resume(List.of(decisions.deadLetters().of(context, failure, reason, refusals == MAX_REFUSALS)));
    }
}
