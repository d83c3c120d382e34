package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: {@code lexstream COMMAND}. */
@Command(
        name = "lexstream",
        description = "Enriches text events from Kafka with neural models, in one JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Lexstream.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nStart with: ",
        footer = {"lexstream demo", "Options of a command: lexstream help COMMAND"})
public final class Lexstream implements Runnable {

    @Spec
    private CommandSpec spec;

    private Lexstream() {}

    /**
     * Runs one command.
     *
     * @return the exit status, see {@link ExitCode}
     */
    public static int execute(PrintStream out, PrintStream err, String... arguments) {
        PrintStream terminal = new TerminalStream(err);
        try {
            CommandLine program = program(new TerminalStream(out), terminal);
            // usages have colours: not through the streams that escape them
            return program.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                    .execute(withoutWords(program, arguments));
        } catch (OutOfMemoryError | LinkageError e) {
            return new Failures(terminal).report(e);
        }
    }

    private static CommandLine program(PrintStream out, PrintStream err) {
        CommandLine train = new CommandLine(new Group())
                .addSubcommand(new TrainTaggerCommand(err))
                .addSubcommand(new TrainCharactersCommand(err))
                .addSubcommand(new TrainTranslatorCommand(err))
                .addSubcommand(new TrainEncoderCommand(err))
                .addSubcommand(new TrainClassifierCommand(err));
        CommandLine eval = new CommandLine(new Group())
                .addSubcommand(new EvalTaggerCommand(out))
                .addSubcommand(new EvalTranslatorCommand(out))
                .addSubcommand(new EvalClassifierCommand(out));
        train.getCommandSpec().usageMessage().description("Train a model and write its bundle.");
        eval.getCommandSpec().usageMessage().description("Measure a model on labelled data.");
        CommandLine program = new CommandLine(new Lexstream())
                .addSubcommand(new DemoCommand(out, err))
                .addSubcommand(new RunCommand())
                .addSubcommand(new CheckCommand(out))
                .addSubcommand(new EnrichCommand(System.in, out, err))
                .addSubcommand(new TopologyCommand(out))
                .addSubcommand(new SamplesCommand(out))
                .addSubcommand(new BenchCommand(out, err))
                .addSubcommand("train", train)
                .addSubcommand("eval", eval)
                .addSubcommand(new AttentionCommand(out));
        program.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        return program.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new CommandLineErrors())
                .setExecutionExceptionHandler(new Failures(err));
    }

    /** {@code help} and {@code version} where a command's name could be are the options of that name. */
    private static String[] withoutWords(CommandLine program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        CommandLine command = program;
        for (int i = 0; i < arguments.length && !command.getSubcommands().isEmpty(); i++) {
            if (arguments[i].equals("help")) {
                words.remove(i);
                words.add("--help");
                break;
            }
            if (command == program && arguments[i].equals("version")) {
                words.set(i, "--version");
                break;
            }
            command = command.getSubcommands().get(arguments[i]);
            if (command == null) {
                break;
            }
        }
        return words.toArray(new String[0]);
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.code()), code.meaning());
        }
        return codes;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    /** A command that only has commands. */
    @Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
    private static final class Group implements Runnable {

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"lexstream " + number()};
        }

        /** Of the jar; classes that were not packaged have none. */
        static String number() {
            String version = Lexstream.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }
}
