package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.LocalResources;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the process starts and ends. Needs no library, so that it can say why none can be loaded. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // Texts of all languages are printed, whatever the platform's charset is.
        PrintStream out = new PrintStream(new StandardOutput(), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    private static int run(PrintStream out, PrintStream err, String... arguments) {
        Optional<String> lacking = LocalResources.lackingFiles(LocalResources.FEWEST_FILES);
        if (lacking.isPresent()) {
            err.println("lexstream: " + lacking.get());
            return ExitCode.LOCAL_RESOURCE.code();
        }
        try {
            return Lexstream.execute(out, err, arguments);
        } catch (StandardOutput.Failure e) {
            // of what is printed without a command, such as the help
            return new Failures(err).report(e);
        } catch (LinkageError e) {
            Optional<String> why = LocalResources.lacking(e);
            err.println("lexstream: " + why.orElse("the installation is incomplete: " + e));
            return (why.isPresent() ? ExitCode.LOCAL_RESOURCE : ExitCode.INSTALLATION).code();
        }
    }
}
