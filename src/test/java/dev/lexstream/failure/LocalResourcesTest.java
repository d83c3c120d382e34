package dev.lexstream.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocalResourcesTest {

    private static final String TEMPORARY = System.getProperty("java.io.tmpdir");

    static Stream<Arguments> lacking() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), "no space left on the device; "),
                Arguments.of(
                        new FileSystemException("/x/y", null, "No space left on device"),
                        "no space left on the device of /x/y"),
                Arguments.of(new IOException("Disk quota exceeded"), "disk quota"),
                Arguments.of(new FileSystemException("/c", null, "Read-only file system"), "read-only of /c"),
                Arguments.of(
                        new FileSystemException("/a", null, "Too many open files"),
                        "too many open files: the limit is"),
                Arguments.of(new IOException("Too many open files in system"), "too many open files"),
                Arguments.of(
                        new AccessDeniedException(TEMPORARY + "/lexstream-1.pt"), "no right to write of " + TEMPORARY),
                Arguments.of(
                        new UnsatisfiedLinkError("/c/libx.so: failed to map segment from shared object"), "noexec"),
                Arguments.of(
                        new OutOfMemoryError("unable to create native thread: possibly out of memory"),
                        "no more threads"));
    }

    @ParameterizedTest
    @MethodSource("lacking")
    void whatTheMachineLacksIsToldWhateverWasAttempted(Throwable failure, String said) {
        for (Throwable wrapped : new Throwable[] {
            failure, new IllegalStateException("x", failure), new RuntimeException(new Exception("y", failure))
        }) {
            assertThat(LocalResources.lacking(wrapped))
                    .hasValueSatisfying(line -> assertThat(line).contains(said).doesNotContain("\n"));
        }
    }

    static Stream<Throwable> others() {
        return Stream.of(
                new IOException("Connection refused"),
                new AccessDeniedException("/data/train.conllu"),
                new NoSuchFileException("/data/train.conllu"),
                new NoSuchFileException(Path.of(TEMPORARY, "data.conllu").toString()),
                new UncheckedIOException(new IOException("Broken pipe")),
                new OutOfMemoryError("Java heap space"),
                new NoClassDefFoundError("org/x/Y"),
                new IllegalStateException("the text says: no space left on device"),
                new IOException());
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherFailuresAreNone(Throwable failure) {
        assertThat(LocalResources.lacking(failure)).isEmpty();
    }

    @Test
    void causesInACircleEnd() {
        Exception outer = new Exception("outer");
        Exception inner = new Exception("inner", outer);
        outer.initCause(inner);
        assertThat(LocalResources.lacking(outer)).isEmpty();
    }

    @Test
    void thisProcessMayOpenEnoughFiles() {
        assertThat(LocalResources.lackingFiles(LocalResources.FEWEST_FILES)).isEmpty();
        assertThat(LocalResources.lackingFiles(Long.MAX_VALUE)).isPresent();
    }
}
