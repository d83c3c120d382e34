package dev.lexstream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another Java process of the benchmark, whose memory is not this one's, until its standard input ends. Used by one thread. */
final class ChildProcess implements AutoCloseable {

    private static final long LONGEST_STOP_SECONDS = 300;
    private static final int LINES = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one with the Java, the class path and the {@code -X} options of this process.
     *
     * @param name for messages
     * @param main has the method {@code main}
     * @param argument its only argument, as JSON
     */
    static ChildProcess start(String name, Class<?> main, Object argument) throws IOException {
        Path log = Files.createTempFile("lexstream-bench-", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .forEach(command::add);
        command.add("-Dlexstream.log.level=warn");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add(new ObjectMapper().writeValueAsString(argument));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ChildProcess(name, process, log);
    }

    /** The first line it has said that begins so. */
    Optional<String> lineThatBegins(String prefix) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(prefix)).findFirst();
        }
    }

    /** In the child: returns when its standard input ends, as it does when the parent closes it or ends. */
    static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever written
            }
        } catch (IOException e) {
            // its end too
        }
    }

    /** @throws IllegalStateException when it has ended by itself, with the last it said */
    void check() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended with exit code " + process.exitValue() + ":\n" + said());
        }
    }

    /**
     * Lets it finish what it does and end.
     *
     * @throws IllegalStateException when it does not end well
     */
    void leave() throws IOException, InterruptedException {
        check();
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not end within " + LONGEST_STOP_SECONDS + " s:\n" + said());
        }
        if (process.exitValue() != 0) {
            check();
        }
    }

    private String said() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /** Ends it if it still runs. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }
}
