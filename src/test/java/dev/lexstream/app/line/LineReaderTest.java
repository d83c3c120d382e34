package dev.lexstream.app.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of files, arguments and standard input. */
class LineReaderTest {

    @TempDir
    private Path folder;

    private static final InputStream NOTHING = InputStream.nullInputStream();

    private static List<String> lines(LineSource source) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Optional<TextLine> line = source.next(); line.isPresent(); line = source.next()) {
            lines.add(line.get().id() + ":" + new String(line.get().bytes(), UTF_8));
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "a, 'f-1:a'",
        "'a\nb\n', 'f-1:a|f-2:b'",
        "'a\r\nb\rc', 'f-1:a|f-2:b|f-3:c'",
        "'\n\na\n\n', 'f-1:|f-2:|f-3:a|f-4:'",
        "'\r\r\n\n', 'f-1:|f-2:|f-3:'",
        "'\uFEFFa\n\uFEFF\uFEFFb\uFEFF', 'f-1:a|f-2:b\uFEFF'"
    })
    void linesEndWithAnyOfTheThreeEnds(String content, String expected) throws IOException {
        try (LineReader reader = new LineReader("x/f", new ByteArrayInputStream(content.getBytes(UTF_8)), () -> 0)) {
            assertThat(String.join("|", lines(reader))).isEqualTo(expected);
        }
    }

    @Test
    void aLineIsThereAsSoonAsItsEndIs() throws IOException {
        InputStream slow = new InputStream() {
            private int reads;

            @Override
            public int read() {
                throw new AssertionError("read at once what is there");
            }

            @Override
            public int read(byte[] bytes, int start, int length) {
                reads++;
                assertThat(reads).as("the next read would wait").isEqualTo(1);
                bytes[start] = 'a';
                bytes[start + 1] = '\r';
                return 2;
            }
        };
        try (LineReader reader = new LineReader("stdin", slow, () -> 0)) {
            assertThat(reader.next().orElseThrow().bytes()).isEqualTo(new byte[] {'a'});
        }
    }

    @Test
    void aLineThatIsTooLongHasNoBytesAndTheNextIsReadWell() throws IOException {
        byte[] content = new byte[LineReader.LONGEST + 5];
        Arrays.fill(content, (byte) 'x');
        content[LineReader.LONGEST + 1] = '\n';
        content[LineReader.LONGEST + 3] = '\n';
        try (LineReader reader = new LineReader("f", new ByteArrayInputStream(content), () -> 0)) {
            assertThat(reader.next().orElseThrow().bytes()).isNull();
            assertThat(lines(reader)).containsExactly("f-2:x", "f-3:x");
        }
    }

    @Test
    void textsComeBeforeFilesAndStandardInputIsOneOfThem() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.txt"), "eins\nzwei");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write("drei\n".getBytes(UTF_8));
        }
        Path gzip = Files.write(folder.resolve("zipped"), zipped.toByteArray());
        InputStream in = new ByteArrayInputStream("stdin\n".getBytes(UTF_8));
        List<String> files = List.of(plain.toString(), "-", gzip.toString());
        try (InputLines lines = new InputLines(List.of("one", "two"), files, in)) {
            assertThat(lines(lines))
                    .containsExactly(
                            "text-1:one",
                            "text-2:two",
                            "plain.txt-1:eins",
                            "plain.txt-2:zwei",
                            "stdin-1:stdin",
                            "zipped-1:drei");
            assertThat(lines.size())
                    .as("nobody knows how much standard input has")
                    .isEmpty();
        }
    }

    @Test
    void withoutTextsAndFilesItIsStandardInput() throws IOException {
        InputStream in = new ByteArrayInputStream("a\n".getBytes(UTF_8));
        try (InputLines lines = new InputLines(List.of(), List.of(), in)) {
            assertThat(lines(lines)).containsExactly("stdin-1:a");
        }
        try (InputLines lines = new InputLines(List.of("b"), List.of(), in)) {
            assertThat(lines(lines)).containsExactly("text-1:b");
        }
    }

    @Test
    void positionsSayHowFarItIs() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "a\nb\n");
        Path two = Files.writeString(folder.resolve("two"), "c");
        try (InputLines lines = new InputLines(List.of(), List.of(one.toString(), two.toString()), NOTHING)) {
            assertThat(lines.size()).hasValue(5);
            lines.next();
            assertThat(lines.next().orElseThrow().position()).isEqualTo(4);
            assertThat(lines.next().orElseThrow().position()).isEqualTo(5);
        }
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        assertThatThrownBy(() -> new InputLines(List.of(), List.of("-", "no/such"), NOTHING))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no/such");
        assertThatThrownBy(() -> new InputLines(List.of(), List.of(folder.toString()), NOTHING))
                .hasMessage(folder + ": a file is required, found a folder");
        Path cut = Files.write(folder.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        try (InputLines lines = new InputLines(List.of(), List.of(cut.toString()), NOTHING)) {
            assertThatThrownBy(lines::next).hasMessageStartingWith(cut + ": it cannot be read");
        }
    }
}
