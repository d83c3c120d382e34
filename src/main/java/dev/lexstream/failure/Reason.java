package dev.lexstream.failure;

import java.util.Locale;
import java.util.Optional;

/**
 * What a failure means. Names, in lower case with hyphens, are API: dead letters carry them in the header
 * {@code __streams.errors.reason}.
 */
public enum Reason {
    /** The value's bytes are no record of the expected format. */
    UNDECODABLE(Kind.DATA, ExitCode.INTERNAL),
    /** The registry does not know the schema the value was written with, though it was asked for a while. */
    UNKNOWN_SCHEMA(Kind.DATA, ExitCode.INTERNAL),
    /** A record that breaks the rules of events: no id, no visible text, malformed Unicode, no value. */
    INVALID_EVENT(Kind.DATA, ExitCode.INTERNAL),
    /** A model cannot process the text. */
    STAGE_FAILED(Kind.DATA, ExitCode.INTERNAL),
    /** A condition cannot be evaluated on the record: it asks for what is not there, or divides by zero. */
    CONDITION_FAILED(Kind.DATA, ExitCode.INTERNAL),
    /** The output record is larger than its topic or the producer takes. */
    OUTPUT_TOO_LARGE(Kind.DATA, ExitCode.INTERNAL),
    /** The output topic is compacted and the record has no key. */
    OUTPUT_WITHOUT_KEY(Kind.DATA, ExitCode.INTERNAL),
    /** The record's time is outside the bounds of the output topic. */
    OUTPUT_TIMESTAMP(Kind.DATA, ExitCode.INTERNAL),
    /** The broker refused the output record for another reason of its own. */
    OUTPUT_REFUSED(Kind.DATA, ExitCode.INTERNAL),

    /** The broker cannot be reached or cannot serve now. */
    BROKER(Kind.PASSING, ExitCode.INFRASTRUCTURE),
    /** The schema registry cannot be reached or cannot serve now. */
    REGISTRY(Kind.PASSING, ExitCode.INFRASTRUCTURE),
    /** The engine has no room for more texts, or gives no results to any: a device is stuck or too slow. */
    ENGINE_SLOW(Kind.PASSING, ExitCode.DEVICE),

    /** Nobody knows what this failure means. */
    INTERNAL(Kind.UNCLASSIFIED, ExitCode.INTERNAL),
    /** The engine has no result for a text while others that came later have theirs. */
    NO_RESULT(Kind.UNCLASSIFIED, ExitCode.DEVICE),

    /** The pipeline file does not fit what is there. */
    CONFIGURATION(Kind.FINAL, ExitCode.CONFIGURATION),
    /** The registry does not let records be written with the output's schema. */
    SCHEMA_REJECTED(Kind.FINAL, ExitCode.CONFIGURATION),
    /** A model bundle cannot be used. */
    MODEL(Kind.FINAL, ExitCode.MODEL),
    /** Data for training or evaluation cannot be used. */
    TRAINING_DATA(Kind.FINAL, ExitCode.DATA),
    /** Credentials or permissions are refused. */
    ACCESS_REFUSED(Kind.FINAL, ExitCode.INFRASTRUCTURE),
    /** A device no longer computes what it could compute before. */
    DEVICE_LOST(Kind.FINAL, ExitCode.DEVICE),
    /** The stream gets no further. */
    NO_PROGRESS(Kind.FINAL, ExitCode.NO_PROGRESS),
    /** A dead letter cannot be written, or not whole. */
    DEAD_LETTER_TOO_LARGE(Kind.FINAL, ExitCode.DEAD_LETTER_TOO_LARGE),
    /** More dead letters than allowed. */
    TOO_MANY_DEAD_LETTERS(Kind.FINAL, ExitCode.TOO_MANY_DEAD_LETTERS),
    /** The heap is exhausted. */
    OUT_OF_MEMORY(Kind.FINAL, ExitCode.OUT_OF_MEMORY),
    /** A class or a native library is missing. */
    INSTALLATION(Kind.FINAL, ExitCode.INSTALLATION),
    /** Open files, temporary folder, cache or disk. */
    LOCAL_RESOURCE(Kind.FINAL, ExitCode.LOCAL_RESOURCE),
    /** Somebody asked for the end. */
    INTERRUPTED(Kind.FINAL, ExitCode.INTERRUPTED);

    /** What is to be done about a failure. */
    public enum Kind {
        /** The record's own fault, the same each time it is read: it becomes a dead letter. */
        DATA,
        /** Says nothing about the record and passes: tried again with growing pauses, up to {@code max-outage}. */
        PASSING,
        /** Nobody can tell: tried again, and a record that fails for the third time becomes a dead letter. */
        UNCLASSIFIED,
        /** Trying again does not mend it: the process ends. */
        FINAL
    }

    private final Kind kind;
    private final ExitCode exitCode;

    Reason(Kind kind, ExitCode exitCode) {
        this.kind = kind;
        this.exitCode = exitCode;
    }

    /**
     * What one failure means, its causes left aside.
     *
     * @return empty for a failure that neither is {@link Classified} nor the virtual machine's own
     */
    public static Optional<Reason> of(Throwable failure) {
        if (failure instanceof Classified classified) {
            return Optional.of(classified.reason());
        } else if (failure instanceof OutOfMemoryError) {
            return Optional.of(OUT_OF_MEMORY);
        } else if (failure instanceof LinkageError || failure instanceof ClassNotFoundException) {
            return Optional.of(INSTALLATION);
        }
        return Optional.empty();
    }

    /** What is to be done about it. */
    public Kind kind() {
        return kind;
    }

    /** How a process ends that ends for this reason. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** As it stands in headers and logs, such as {@code output-too-large}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
