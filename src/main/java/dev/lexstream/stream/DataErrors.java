package dev.lexstream.stream;

import dev.lexstream.event.UndecodableEventException;

/**
 * Crash or dead letter: the one place that decides. A data error is the record's own and would come again each time it is
 * read, so the record is set aside. Everything else says nothing about the record and stops the stream before its offset
 * is committed.
 */
final class DataErrors {

    private DataErrors() {}

    static boolean isDataError(Throwable failure) {
        return failure instanceof UndecodableEventException
                || failure instanceof StageFailedException
                || failure instanceof OutputTooLargeException;
    }
}
