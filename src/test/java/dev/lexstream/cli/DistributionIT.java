package dev.lexstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The distribution that {@code mvn package} makes starts, and has in it what it must have. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class DistributionIT {

    private static final Path HOME = Path.of(System.getProperty("lexstream.distribution"));
    private static final Path LAUNCHER = HOME.resolve("bin/lexstream");
    private static final String VERSION = System.getProperty("lexstream.version");

    private record Run(int exitCode, String output) {}

    @Test
    void givenJavaOnThePathWhenAskedForTheVersionThenItIsThatOfTheProject() throws Exception {
        Run run = run(LAUNCHER, Map.of("PATH", System.getProperty("java.home") + "/bin" + File.pathSeparator + path()));

        assertThat(run).isEqualTo(new Run(0, "lexstream " + VERSION + "\n"));
    }

    @Test
    void givenSymbolicLinksAndABlankInThePathWhenStartedThenItFindsItsHome(@TempDir Path temp) throws Exception {
        Path folder = Files.createDirectory(temp.resolve("a folder"));
        Path home = Files.createSymbolicLink(folder.resolve("home"), HOME);
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("home/bin/lexstream"));
        Path absolute = Files.createSymbolicLink(temp.resolve("absolute"), relative);

        Run run = run(absolute, Map.of("JAVA_HOME", System.getProperty("java.home")));
        Files.delete(home); // or JUnit warns that it leads out of its folder

        assertThat(run).isEqualTo(new Run(0, "lexstream " + VERSION + "\n"));
    }

    @Test
    void givenJavaOptsWhenStartedThenTheyReachTheJvm() throws Exception {
        Run run = run(
                LAUNCHER,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS",
                        "-Xmx64m -XX:+PrintCommandLineFlags"));

        assertThat(run.output()).contains("-XX:MaxHeapSize=67108864", "-XX:MaxRAMPercentage=50");
    }

    @Test
    void givenJava11WhenStartedThenItSaysWhatItNeedsAndWhatItFound(@TempDir Path temp) throws Exception {
        Path java = Files.createDirectories(temp.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        Run run = run(LAUNCHER, Map.of("JAVA_HOME", temp.toString()));

        assertThat(run).isEqualTo(new Run(1, "lexstream: needs Java 17 or newer, found 11.0.2 at " + java + "\n"));
    }

    @Test
    void givenTooFewOpenFilesWhenStartedThenItSaysSoWithItsExitCode() throws Exception {
        Path limited = Files.createTempFile("limited", ".sh");
        try {
            Files.writeString(limited, "#!/bin/sh\nulimit -n 100\nexec '" + LAUNCHER + "' \"$@\"\n");
            assertThat(limited.toFile().setExecutable(true)).isTrue();
            Run run = run(limited, Map.of("JAVA_HOME", System.getProperty("java.home")));
            assertThat(run)
                    .isEqualTo(new Run(
                            13,
                            "lexstream: too many open files: the limit is 100 (ulimit -n); at least 256 are needed\n"));
        } finally {
            Files.delete(limited);
        }
    }

    @Test
    void givenAWrongJavaHomeWhenStartedThenItSaysSo() throws Exception {
        Run run = run(LAUNCHER, Map.of("JAVA_HOME", "/nowhere"));

        assertThat(run).isEqualTo(new Run(1, "lexstream: JAVA_HOME is /nowhere, and there is no bin/java in it\n"));
    }

    @Test
    void theClassPathIsAllOfLibAndOursComesBeforeWhatTheRegistryClientsBundleCarries() throws Exception {
        List<String> classPath;
        try (JarFile jar = new JarFile(HOME.resolve("lib/lexstream.jar").toFile())) {
            String value = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            classPath = Arrays.asList(value.split(" ", -1));
        }

        List<String> others = new ArrayList<>(jars());
        others.remove("lexstream.jar");
        assertThat(classPath).containsExactlyInAnyOrderElementsOf(others);
        assertThat(classPath.subList(classPath.size() - 2, classPath.size()))
                .as("the bundle and its own dependency")
                .extracting(jar -> jar.replaceFirst("-\\d.*", ""))
                .containsExactly("flink-sql-avro-confluent-registry", "jsr305");
    }

    @Test
    void theNoticeNamesEveryLibrary() throws IOException {
        List<String> libraries = jars().stream()
                .filter(jar -> !jar.equals("lexstream.jar"))
                .map(jar -> jar.replaceFirst("-\\d.*", ""))
                .toList();

        List<String> named;
        try (Stream<String> lines = Files.lines(HOME.resolve("NOTICE"))) {
            named = lines.filter(line -> line.startsWith("  "))
                    .map(line -> line.strip().split("\\s", 2)[0])
                    .toList();
        }

        assertThat(named).containsAll(libraries);
    }

    @Test
    void besidesCodeThereAreModelsSchemasAndLicences() {
        for (String file : List.of(
                "LICENSE",
                "NOTICE",
                "README.md",
                "schemas/TextEvent.avsc",
                "schemas/EnrichedText.avsc",
                "schemas/pipeline.schema.json")) {
            assertThat(HOME.resolve(file)).isNotEmptyFile();
        }
        assertThat(HOME.resolve("models/tagger-en")).isNotEmptyDirectory();
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String path() {
        return System.getenv("PATH");
    }

    /** With nothing in the environment but what is given, and a path. */
    private static Run run(Path program, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", path());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
