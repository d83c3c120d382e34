package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataLinesTest {

    @TempDir
    private Path folder;

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> lines(byte[] content) throws Exception {
        Path file = Files.write(folder.resolve("data.tsv"), content);
        List<String> all = new ArrayList<>();
        try (DataLines lines = DataLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
                assertThat(lines.number()).isEqualTo(all.size());
            }
        }
        return all;
    }

    private DataException error(byte[] content) {
        return catchThrowableOfType(DataException.class, () -> lines(content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\n\nc", "a\nb\n\nc\n", "a\r\nb\r\n\r\nc\r\n", "a\rb\r\rc", "a\rb\r\n\nc\r"})
    void allLineEndsAreOne(String content) throws Exception {
        assertThat(lines(utf8(content))).containsExactly("a", "b", "", "c");
        assertThat(lines(gzipped(utf8(content)))).containsExactly("a", "b", "", "c");
    }

    @Test
    void aFileWithoutBytesHasNoLines() throws Exception {
        assertThat(lines(new byte[0])).isEmpty();
        assertThat(lines(gzipped(new byte[0]))).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoPartOfALine() throws Exception {
        byte[] joined = utf8("\uFEFFa\n\uFEFF\uFEFFb\nc\uFEFFd\n");
        assertThat(lines(joined)).containsExactly("a", "b", "c\uFEFFd").isEqualTo(lines(gzipped(joined)));
    }

    @ParameterizedTest
    @CsvSource({"GBK,下雨吗,1,0xCF", "ISO-8859-1,caffé,1,0xE9", "windows-1252,“quoted”,1,0x93"})
    void anotherEncodingIsRefusedWithLineAndOffset(String charset, String text, int line, String found) {
        byte[] bytes = text.getBytes(Charset.forName(charset));
        DataException error = error(bytes);
        assertThat(error).hasMessageContaining("data.tsv line 1: UTF-8 is required, found byte " + found);
        assertThat(error.line()).isEqualTo(line);
    }

    @Test
    void theOffsetIsThatOfTheBadByte() {
        byte[] bytes = utf8("明天\r\nab?c\n");
        bytes[10] = (byte) 0xB5;
        assertThat(error(bytes))
                .hasMessageContaining("data.tsv line 2: ")
                .hasMessageContaining("found byte 0xB5 at byte 3 of the line, offset 10 of the file");
    }

    /** A character cut off by the file's end, one written too long, a surrogate, and what is beyond Unicode. */
    @ParameterizedTest
    @ValueSource(strings = {"61e698", "c0af", "eda080", "f4908080", "80"})
    void whatOnlyLooksLikeUtf8IsRefused(String hex) {
        byte[] bytes = new java.math.BigInteger("01" + hex, 16).toByteArray();
        assertThat(error(Arrays.copyOfRange(bytes, 1, bytes.length))).hasMessageContaining("UTF-8 is required");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16,byte order mark of UTF-16", "UTF-16LE,NUL byte", "UTF-16BE,NUL byte", "UTF-32LE,NUL byte"})
    void otherUnicodeEncodingsAreNamed(String charset, String found) {
        for (String text : List.of("tea\tI like tea.\n", "t")) {
            assertThat(error(text.getBytes(Charset.forName(charset))))
                    .hasMessageContaining("data.tsv line 1: UTF-8 is required, found ")
                    .hasMessageContaining(found);
        }
        assertThat(error("茶天\n".getBytes(StandardCharsets.UTF_16)))
                .hasMessageContaining("the byte order mark of UTF-16");
    }

    @Test
    void damagedGzipIsNamedWithTheLastLineThatCouldBeRead() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("line ").append(i * 7919L % 10_007).append('\n');
        }
        byte[] whole = gzipped(utf8(text.toString()));
        assertThat(error(Arrays.copyOf(whole, whole.length / 2)))
                .hasMessageMatching(".*data\\.tsv: whole gzip data is required, found it damaged after line \\d+ .*");
        for (int length : new int[] {2, 5, 9, 10}) {
            assertThat(error(Arrays.copyOf(whole, length)))
                    .hasMessageContaining("data.tsv: whole gzip data is required");
        }
        byte[] flipped = whole.clone();
        Arrays.fill(flipped, flipped.length - 8, flipped.length - 4, (byte) 0);
        assertThat(error(flipped)).hasMessageContaining("data.tsv: whole gzip data is required");
    }

    @Test
    void aFolderIsRefusedAndAMissingFileNamed() {
        assertThatThrownBy(() -> DataLines.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(folder.getFileName() + ": a file is required, found a folder");
        assertThatThrownBy(() -> DataLines.open(folder.resolve("nothing"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aLineWithoutEndIsGivenUp() throws IOException {
        byte[] endless = new byte[DataLines.LONGEST + 2];
        Arrays.fill(endless, (byte) 'a');
        byte[] zipped = gzipped(endless);
        DataException error = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> error(zipped));
        assertThat(error).hasMessageContaining("data.tsv line 1: a line may have " + DataLines.LONGEST + " bytes");
    }

    @Test
    void aFilesNameReachesNoTerminalRaw() throws IOException {
        Path file = Files.write(folder.resolve("a\u001b[31m\u202e.tsv"), new byte[] {(byte) 0xff, 0});
        assertThatThrownBy(() -> LabelledText.read(file))
                .hasMessageContaining("a\\u001B[31m\\u202E.tsv line 1")
                .hasMessageMatching("\\P{Cntrl}*");
    }
}
