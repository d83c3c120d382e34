package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.stream.FailureReasons;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells the user why a command failed, in one line where the cause is known, and gives the exit code. */
final class Failures implements IExecutionExceptionHandler {

    private final PrintStream err;

    Failures(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof InterruptedException || failure instanceof InterruptException) {
            err.println("lexstream: interrupted");
            return ExitCode.INTERRUPTED.code();
        }
        ExitCode code = code(failure);
        if (code == ExitCode.INTERNAL) {
            failure.printStackTrace(err);
        }
        err.println("lexstream: " + message(failure));
        return code.code();
    }

    private static ExitCode code(Exception failure) {
        ExitCode code = FailureReasons.of(failure).exitCode();
        if (code != ExitCode.INTERNAL) {
            return code;
        }
        // Only reading and writing the files that the command line names throws these.
        return failure instanceof IOException
                ? ExitCode.DATA
                : failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.INTERNAL;
    }

    private static String message(Exception failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        // Some of Kafka's exceptions have an empty message.
        return failure.getMessage() == null || failure.getMessage().isBlank()
                ? failure.toString()
                : failure.getMessage();
    }
}
