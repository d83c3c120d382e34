package dev.lexstream.stream.fault;

import java.util.Objects;

/**
 * What is known about the records that are processed, beyond one of them: shared by processors, handlers and clients.
 *
 * @param threads which record each thread processes
 * @param failed which records have failed before
 * @param deadLetters how many became dead letters
 */
public record RecordWatch(StreamThreads threads, FailedRecords failed, DeadLetterCounts deadLetters) {

    public RecordWatch {
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(failed, "failed");
        Objects.requireNonNull(deadLetters, "deadLetters");
    }
}
