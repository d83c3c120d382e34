package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.LocalResources;
import dev.lexstream.failure.Reason;
import dev.lexstream.stream.fault.FailureReasons;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
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
        return report(failure);
    }

    /** Prints what a failure means; errors of the virtual machine have their codes too. */
    int report(Throwable failure) {
        if (failure instanceof InterruptedException || failure instanceof InterruptException) {
            err.println("lexstream: interrupted");
            return ExitCode.INTERRUPTED.code();
        }
        if (failure instanceof StandardOutput.Failure output && output.isClosed()) {
            return ExitCode.OK.code();
        }
        Optional<String> lacking = LocalResources.lacking(failure);
        ExitCode code = lacking.isPresent() ? ExitCode.LOCAL_RESOURCE : code(failure);
        if (code == ExitCode.INTERNAL) {
            failure.printStackTrace(err);
        }
        err.println("lexstream: " + indented(lacking.orElseGet(() -> message(failure))));
        return code.code();
    }

    private static ExitCode code(Throwable failure) {
        ExitCode code = FailureReasons.of(failure).exitCode();
        if (code != ExitCode.INTERNAL) {
            return code;
        }
        // Only reading and writing the files that the command line names throws these.
        return failure instanceof IOException || failure instanceof StandardOutput.Failure
                ? ExitCode.DATA
                : failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.INTERNAL;
    }

    private static String message(Throwable failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        Reason reason = FailureReasons.of(failure);
        if (reason == Reason.OUT_OF_MEMORY) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            return "the heap of " + megabytes + " MiB is exhausted ("
                    + root(failure).getMessage() + "): give it more, such as JAVA_OPTS=-Xmx2g";
        } else if (reason == Reason.INSTALLATION) {
            return "the installation is incomplete: " + root(failure);
        }
        // Some of Kafka's exceptions have an empty message.
        return failure.getMessage() == null || failure.getMessage().isBlank()
                ? failure.toString()
                : failure.getMessage();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Nothing in a message can look like a line of its own. */
    private static String indented(String message) {
        return message.replaceAll("\\R(?! )", "\n  ");
    }
}
