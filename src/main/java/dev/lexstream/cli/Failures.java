package dev.lexstream.cli;

import dev.lexstream.app.ExitCode;
import dev.lexstream.model.BundleException;
import dev.lexstream.train.TrainingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
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
        ExitCode code = code(failure);
        if (code == ExitCode.INTERNAL) {
            failure.printStackTrace(err);
        }
        err.println("lexstream: " + message(failure));
        return code.code();
    }

    private static ExitCode code(Exception failure) {
        if (failure instanceof BundleException) {
            return ExitCode.MODEL;
        }
        if (failure instanceof TrainingException || failure instanceof IOException) {
            return ExitCode.DATA;
        }
        if (failure instanceof IllegalArgumentException) {
            return ExitCode.USAGE;
        }
        return ExitCode.INTERNAL;
    }

    private static String message(Exception failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
