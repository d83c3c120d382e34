package dev.lexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    private static final String LINES =
            """
            {"seq":0,"user":"ann","lang":"en","src":"mail","text":"The tram was late."}

            {"text":"电车晚点了。"}
            """;

    @TempDir
    private Path folder;

    private static byte[] gzipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void plainAndGzippedFilesGiveTheSameEvents() throws IOException {
        Path plain = Files.writeString(folder.resolve("events.jsonl"), LINES);
        Path zipped = Files.write(folder.resolve("events.gz"), gzipped(LINES));
        List<BenchEvent> expected = List.of(
                new BenchEvent(Optional.of("ann"), Optional.of("en"), "The tram was late."),
                new BenchEvent(Optional.empty(), Optional.empty(), "电车晚点了。"));
        assertThat(EventFile.read(plain, 10)).isEqualTo(expected);
        assertThat(EventFile.read(zipped, 10)).isEqualTo(expected);
    }

    @Test
    void noMoreEventsAreReadThanAskedFor() throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), LINES + "no json at all\n");
        assertThat(EventFile.read(file, 1)).hasSize(1);
    }

    @Test
    void allBadLinesAreNamed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("events.jsonl"), LINES + "{oops\n{\"text\":\" \"}\n{\"lang\":\"en\"}\n[1]\n");
        assertThatThrownBy(() -> EventFile.read(file, 10))
                .isInstanceOf(EventFileException.class)
                .hasMessageContaining("events.jsonl: line 4 is no JSON")
                .hasMessageContaining("line 5 has no text, found \" \"")
                .hasMessageContaining("line 6 has no text, found none")
                .hasMessageContaining("line 7 has no text, found none")
                .hasMessageContaining("allowed is a JSON object with a text that is not blank");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), "\n");
        assertThatThrownBy(() -> EventFile.read(file, 10)).hasMessageContaining("no event found");
    }

    @Test
    void aDamagedGzipSaysWhereItEnds() throws IOException {
        byte[] whole = gzipped(LINES.repeat(2000));
        Path file = Files.write(folder.resolve("events.gz"), Arrays.copyOf(whole, whole.length - 20));
        assertThatThrownBy(() -> EventFile.read(file, 10_000))
                .isInstanceOf(EventFileException.class)
                .hasMessageContaining("damaged after line ");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAnEvent() throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), "\uFEFF" + LINES.replace("\n", "\r\n"));
        assertThat(EventFile.read(file, 10)).hasSize(2);
        assertThat(EventFile.read(Files.write(folder.resolve("events.gz"), gzipped("\uFEFF" + LINES)), 10))
                .hasSize(2);
    }

    @Test
    void anotherEncodingIsRefusedWithItsLine() throws IOException {
        Path file = Files.write(folder.resolve("events.jsonl"), LINES.getBytes(Charset.forName("GBK")));
        assertThatThrownBy(() -> EventFile.read(file, 10))
                .isInstanceOf(EventFileException.class)
                .hasMessageContaining("events.jsonl line 3: UTF-8 is required, found byte 0xB5");
    }

    @Test
    void aFolderIsNoFileOfEvents() {
        assertThatThrownBy(() -> EventFile.read(folder, 10))
                .isInstanceOf(EventFileException.class)
                .hasMessageContaining(folder.getFileName() + ": a file is required, found a folder");
    }

    @Test
    void aTextWithoutVisibleCharactersIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), "{\"text\":\"\u200b\u202e\"}\n");
        assertThatThrownBy(() -> EventFile.read(file, 10))
                .hasMessageContaining("line 1 has no text, found \"\\u200B\\u202E\"");
    }

    @Test
    void theGeneratedStreamIsTheSameEachTimeAndVaries() {
        List<BenchEvent> events = GeneratedEvents.take(500);
        assertThat(GeneratedEvents.take(500)).isEqualTo(events);
        assertThat(events).extracting(BenchEvent::language).contains(Optional.of("en"), Optional.of("zh"));
        assertThat(events.stream()
                        .mapToInt(event -> event.text().length())
                        .distinct()
                        .count())
                .isGreaterThan(50);
    }
}
