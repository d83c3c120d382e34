package dev.lexstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** What is logged can be foreign, and reaches terminals as text. */
class LogLayoutTest {

    private static String logged(String message, Throwable failure) throws IOException {
        try (LoggerContext context = new LoggerContext("test")) {
            Configuration configuration = new PropertiesConfigurationFactory()
                    .getConfiguration(
                            context,
                            new ConfigurationSource(LogLayoutTest.class.getResourceAsStream("/log4j2.properties")));
            configuration.initialize();
            Log4jLogEvent event = Log4jLogEvent.newBuilder()
                    .setLoggerName("dev.lexstream.stream.Intake")
                    .setLevel(Level.WARN)
                    .setMessage(new SimpleMessage(message))
                    .setThrown(failure)
                    .build();
            return new String(configuration.getAppender("console").getLayout().toByteArray(event), UTF_8);
        }
    }

    @Test
    void aMessageIsOneLineAsItWas() throws IOException {
        assertThat(logged("三 records, 10 % of \\them, $1 {}", null))
                .matches("(?s)[-0-9]+ [0-9:.]+ WARN  Intake - 三 records, 10 % of \\\\them, \\$1 \\{}\n");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() throws IOException {
        String log = logged(
                "registry says \u001b[31mred\u001b]0;title\u0007 \r\u009b2J\u0000 \u202edetrevni\u2028x",
                new IOException("cause \u001b[2J\u0085", new IllegalStateException("inner \u001bc")));
        assertThat(log).contains("registry says", "[31mred", "cause ", "inner ", "\n\tat ", "\nCaused by: ");
        assertThat(log.replace("\n", "").replace("\t", ""))
                .doesNotMatch("(?s).*[\\p{Cc}\\u0080-\\u009f\\u202a-\\u202e\\u2028].*");
    }

    @Test
    void noForeignLineLooksLikeAMessage() throws IOException {
        String forged = "2026-01-01 00:00:00.000 ERROR Intake - forged";
        List<String> lines = logged("a\n" + forged + "\r\n" + forged, new IOException("b\n" + forged))
                .lines()
                .filter(line -> line.contains("forged"))
                .toList();
        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("  "));
    }

    @Test
    void aFailureIsLoggedOnce() throws IOException {
        String log = logged("failed", new IOException("once"));
        assertThat(log.split("once", -1)).hasSize(2);
        assertThat(log).contains("Intake - failed\njava.io.IOException: once\n\tat ");
    }
}
