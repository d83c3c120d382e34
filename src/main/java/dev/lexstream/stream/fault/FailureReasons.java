package dev.lexstream.stream.fault;

import dev.lexstream.failure.LocalResources;
import dev.lexstream.failure.Reason;
import java.util.Optional;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsException;

/** What failures mean that Kafka's clients and Kafka Streams throw or have wrapped. */
public final class FailureReasons {

    private FailureReasons() {}

    /**
     * What a failure means: a resource of the machine that is lacking, whatever it was needed for; otherwise the first cause
     * decides that is more than unclassified. A data error counts only where nothing but
     * Kafka's own wrapping is around it: below anything else it may be about another record. {@link Reason#INTERNAL} when
     * none says anything.
     */
    public static Reason of(Throwable failure) {
        if (LocalResources.lacking(failure).isPresent()) {
            return Reason.LOCAL_RESOURCE;
        }
        Reason vague = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Reason reason = wraps(cause) ? null : one(cause).orElse(Reason.INTERNAL);
            if (reason != null && reason.kind() == Reason.Kind.UNCLASSIFIED) {
                vague = vague == null || vague == Reason.INTERNAL ? reason : vague;
            } else if (reason != null && (vague == null || reason.kind() != Reason.Kind.DATA)) {
                return reason;
            }
        }
        return vague == null ? Reason.INTERNAL : vague;
    }

    private static Optional<Reason> one(Throwable failure) {
        if (!(failure instanceof KafkaException)) {
            return Reason.of(failure);
        } else if (failure instanceof InterruptException) {
            return Optional.of(Reason.INTERRUPTED);
        } else if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
            return Optional.of(Reason.ACCESS_REFUSED);
        } else if (failure instanceof ConfigException) {
            return Optional.of(isUnresolved(failure) ? Reason.BROKER : Reason.CONFIGURATION);
        } else if (isRefusal(failure)) {
            return Optional.of(Reason.OUTPUT_REFUSED);
        }
        return Optional.of(Reason.BROKER);
    }

    /** What a failure says in one line: the message of the first cause that is not Kafka's wrapping. */
    public static String message(Throwable failure) {
        Throwable cause = failure;
        while (wraps(cause)) {
            cause = cause.getCause();
        }
        // Some of Kafka's exceptions have an empty message.
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.toString() : message;
    }

    /** Whether no host name of the brokers can be resolved, which may be the name service's fault. */
    public static boolean isUnresolved(Throwable failure) {
        return failure instanceof ConfigException
                && String.valueOf(failure.getMessage()).contains("No resolvable bootstrap");
    }

    /** Whether the broker, or the producer in its place, will never take this very record. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException;
    }

    /** Kafka wraps whatever fails a stream thread or closes a client: then the cause decides. */
    private static boolean wraps(Throwable failure) {
        return failure.getCause() != null
                && (failure instanceof StreamsException || failure.getClass() == KafkaException.class);
    }
}
