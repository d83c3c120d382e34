package dev.lexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However slow the machine is, a second instance that comes has joined before it leaves. */
@Timeout(300)
class CompanionTest {

    @TempDir
    private Path folder;

    private Path file;

    /** A process that joins nothing, and says that it has when there is a file. */
    static final class Member {
        private Member() {}

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(new ObjectMapper().readValue(arguments[0], String.class));
            while (!Files.exists(file)) {
                Thread.sleep(10);
            }
            System.out.println(SecondInstance.RUNNING);
            ChildProcess.awaitEndOfInput();
        }
    }

    @BeforeEach
    void name() {
        file = folder.resolve("joined");
    }

    @Test
    void oneThatTakesLongerThanATurnToJoinStays() throws Exception {
        try (Companion companion = companion()) {
            tickUntil(companion, companion::isThere);
            for (int i = 0; i < 50; i++) {
                Thread.sleep(5); // turns go by
                companion.tick();
                assertThat(companion.isThere()).isTrue();
                assertThat(companion.joins()).isZero();
            }
            Files.createFile(file);
            tickUntil(companion, () -> companion.joins() == 1);
            tickUntil(companion, () -> companion.leaves() == 1);
            assertThat(companion.isThere()).isFalse();
        }
    }

    @Test
    void oneThatIsToLeaveHasJoinedBefore() throws Exception {
        try (Companion companion = companion()) {
            tickUntil(companion, companion::isThere);
            CompletableFuture<Path> joining = CompletableFuture.supplyAsync(this::create);
            companion.leave();
            assertThat(joining).isCompleted();
            assertThat(companion.joins()).isEqualTo(1);
            assertThat(companion.leaves()).isEqualTo(1);
        }
    }

    private Companion companion() {
        return new Companion(() -> ChildProcess.start("a member", Member.class, file.toString()), Duration.ofMillis(1));
    }

    private Path create() {
        try {
            return Files.createFile(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tickUntil(Companion companion, BooleanSupplier state) throws Exception {
        while (!state.getAsBoolean()) {
            companion.tick();
            Thread.sleep(5);
        }
    }
}
