package dev.lexstream.cli;

import dev.lexstream.failure.Spelling;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what is wrong with a command line, and how the command is used. An option that does not exist is named before
 * anything that is missing: it most likely is what is missing, misspelt.
 */
final class CommandLineErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        Optional<String> unknown = unknownOption(command, arguments);
        String message = unknown.orElseGet(() -> String.valueOf(failure.getMessage()));
        err.println(command.getColorScheme().errorText(Printable.line(message)));
        if (unknown.isEmpty()) {
            UnmatchedArgumentException.printSuggestions(failure, err);
        }
        command.usage(err, command.getColorScheme());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static Optional<String> unknownOption(CommandLine command, String... arguments) {
        boolean value = false;
        for (String argument : arguments) {
            if (argument.equals("--")) {
                return Optional.empty();
            }
            if (value || !argument.startsWith("-") || argument.length() < 2 || Character.isDigit(argument.charAt(1))) {
                value = false;
                continue;
            }
            String name = argument.split("=", 2)[0];
            OptionSpec known = command.getCommandSpec().findOption(name);
            if (known == null) {
                return Optional.of("Unknown option: '" + name + "'" + nearest(command, name));
            }
            value = known.arity().min() > 0 && !argument.contains("=");
        }
        return Optional.empty();
    }

    private static String nearest(CommandLine command, String name) {
        return Spelling.nearest(name, command.getCommandSpec().optionsMap().keySet())
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("");
    }
}
