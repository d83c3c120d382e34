package dev.lexstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.local.LocalRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends when the machine or somebody at it does not let it go on. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
class ProcessIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String CONLLU = "1\tIt\tit\tPRON\t_\t_\t2\tnsubj\t_\t_\n\n";

    /** A process with its output on one stream. */
    private static Process start(List<String> options, String... arguments) throws IOException {
        return builder(options, arguments).redirectErrorStream(true).start();
    }

    private static ProcessBuilder builder(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(options);
        command.add("-Dlexstream.models=" + System.getProperty("lexstream.models"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private record Ended(int code, String output) {}

    private static Ended ended(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static Ended evaluate(Path folder, String... options) throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("data.conllu"), CONLLU);
        String model =
                Path.of(System.getProperty("lexstream.models"), "tagger-en").toString();
        return ended(start(List.of(options), "eval", "tagger", "--model", model, "--data", data.toString()));
    }

    @Test
    void aTerminationWhileModelsLoadIsObeyedAtOnce(@TempDir Path folder) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LocalRegistry registry = LocalRegistry.start(0)) {
            Path config = Files.writeString(
                    folder.resolve("pipeline.yaml"),
                    """
                    kafka:
                      bootstrap.servers: 127.0.0.1:%d
                    registry:
                      schema.registry.url: %s
                    topics:
                      input: texts
                      output: enriched
                    stages:
                      - name: tag
                        model: tagger-en
                      - name: translate
                        model: translator-zh-en
                    """
                            .formatted(silent.getLocalPort(), registry.url()));
            Process process = start(List.of("-Djava.io.tmpdir=" + temporary), "run", "--config", config.toString());
            StringBuilder output = new StringBuilder();
            try (BufferedReader reader = process.inputReader(UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    output.append(line).append('\n');
                    if (line.contains("Starting: loading 2 models")) {
                        process.toHandle().destroy(); // leaves the output open
                    }
                }
            }
            // The broker never answers, so that a start that is waited for would take half a minute and fail.
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output.toString()).isEqualTo(ExitCode.TERMINATED.code());
            assertThat(output).contains("Ending before the models are loaded: nothing has been read");
            assertThat(temporary).isDirectoryNotContaining("glob:**.pt");
        }
    }

    @Test
    void anExhaustedHeapIsNamedWithItsSize(@TempDir Path folder) throws Exception {
        Ended ended = evaluate(folder, "-Xmx24m");
        assertThat(ended.output()).contains("the heap of 24 MiB is exhausted").doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(ExitCode.OUT_OF_MEMORY.code());
    }

    @Test
    void aTemporaryFolderThatIsNotThereIsNamed(@TempDir Path folder) throws Exception {
        Path nowhere = folder.resolve("nowhere");
        Ended ended = evaluate(folder, "-Djava.io.tmpdir=" + nowhere);
        assertThat(ended.output()).contains("there is no folder for temporary files", nowhere + " (java.io.tmpdir)");
        assertThat(ended.code()).isEqualTo(ExitCode.LOCAL_RESOURCE.code());
    }

    @Test
    void aReaderThatGoesAwayEndsAnEnrichmentQuietly(@TempDir Path folder) throws Exception {
        Path texts = Files.writeString(folder.resolve("texts.txt"), "It rains in Lisbon.\n".repeat(200_000));
        Path told = folder.resolve("told");
        Process process = builder(List.of(), "enrich", "--models", "tagger-en", texts.toString())
                .redirectError(told.toFile())
                .start();
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            assertThat(reader.readLine()).startsWith("{\"id\":\"texts.txt-1\",");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(told).isEmptyFile();
        assertThat(process.exitValue()).isEqualTo(ExitCode.OK.code());
    }

    @Test
    void anEnrichmentThatWaitsForATextIsEndedAtOnce() throws Exception {
        Process process = start(List.of(), "enrich", "--models", "tagger-en");
        process.getOutputStream().write("It rains.\n".getBytes(UTF_8));
        process.getOutputStream().flush();
        BufferedReader reader = process.inputReader(UTF_8);
        assertThat(reader.readLine()).as("shown while more may come").startsWith("{\"id\":\"stdin-1\",");
        process.toHandle().destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.TERMINATED.code());
    }

    @Test
    void aFullDiskBehindStandardOutputIsNamed(@TempDir Path folder) throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Path told = folder.resolve("told");
        Process process = builder(List.of(), "enrich", "--models", "tagger-en", "--text", "It rains.")
                .redirectOutput(full.toFile())
                .redirectError(told.toFile())
                .start();
        assertThat(process.waitFor()).isEqualTo(ExitCode.LOCAL_RESOURCE.code());
        assertThat(told).content().contains("no space left on the device");
    }

    @Test
    void aFileSystemWithoutRoomIsNamed(@TempDir Path folder) throws Exception {
        Path model = Path.of(System.getProperty("lexstream.models"), "translator-zh-en-rnn");
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Ended ended = ended(
                start(List.of(), "attention", "--model", model.toString(), "--text", "你好。", "--out", full.toString()));
        assertThat(ended.output()).contains("no space left on the device");
        assertThat(ended.code()).isEqualTo(ExitCode.LOCAL_RESOURCE.code());
    }
}
