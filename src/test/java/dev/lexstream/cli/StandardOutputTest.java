package dev.lexstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lexstream.failure.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be printed is not lost in silence, unless nobody is there to miss it. */
class StandardOutputTest {

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @Test
    void whatIsWrittenArrives() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new TerminalStream(new PrintStream(new StandardOutput(bytes), true, UTF_8));
        out.println("\u8bcd");
        out.write('x');
        out.flush();
        assertThat(bytes.toString(UTF_8)).isEqualTo("\u8bcd" + System.lineSeparator() + "x");
    }

    @ParameterizedTest
    @CsvSource({
        "Broken pipe, OK, ''",
        "The pipe is being closed, OK, ''",
        "No space left on device, LOCAL_RESOURCE, lexstream: no space left on the device",
        "Input/output error, DATA, lexstream: standard output takes no more: Input/output error"
    })
    void aCommandEndsAtOnceAndIsQuietWhereNobodyReads(String message, ExitCode code, String told) {
        PrintStream out = new TerminalStream(new PrintStream(new StandardOutput(failing(message)), true, UTF_8));
        Throwable failure = catchThrowable(() -> out.println("a line"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(new Failures(new PrintStream(err, true, UTF_8)).report(failure))
                .isEqualTo(code.code());
        assertThat(err.toString(UTF_8)).startsWith(told).doesNotContain("\tat ");
        assertThat(err.size() == 0).isEqualTo(told.isEmpty());
    }
}
