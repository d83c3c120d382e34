package dev.lexstream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link SecondInstance} that runs, so that its memory is not this process's. Used by one thread. */
final class ChildProcess implements AutoCloseable {

    private static final long LONGEST_STOP_SECONDS = 90;
    private static final int LINES = 20;

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one with the Java, the class path and the {@code -X} options of this process. */
    static ChildProcess start(SecondInstance.Spec spec) throws IOException {
        Path log = Files.createTempFile("lexstream-second-instance-", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .forEach(command::add);
        command.add("-Dlexstream.log.level=warn");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SecondInstance.class.getName()));
        command.add(new ObjectMapper().writeValueAsString(spec));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ChildProcess(process, log);
    }

    /** Whether it has become a member of the group. */
    boolean hasJoined() throws IOException {
        return Files.readAllLines(log).contains(SecondInstance.RUNNING);
    }

    /** @throws IllegalStateException when it has ended by itself, with the last it said */
    void check() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the second instance has ended with exit code " + process.exitValue() + ":\n" + said());
        }
    }

    /**
     * Lets it finish its records and leave.
     *
     * @throws IllegalStateException when it does not end well
     */
    void leave() throws IOException, InterruptedException {
        check();
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "the second instance does not end within " + LONGEST_STOP_SECONDS + " s:\n" + said());
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
