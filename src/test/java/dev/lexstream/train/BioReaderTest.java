package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BioReaderTest {

    private static final String TWO_SENTENCES = "call\tO\nmy\tB-who\nmother\tI-who\n\n\n明\tB-date\n天\tI-date\n";

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("data.bio"), content);
    }

    @Test
    void plainAndGzippedFilesGiveTheSameSentences() throws Exception {
        Path gzipped = folder.resolve("named-anything");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            out.write(TWO_SENTENCES.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(BioReader.read(file(TWO_SENTENCES)))
                .containsExactly(
                        new TaggedSentence(List.of("call", "my", "mother"), List.of("O", "B-who", "I-who")),
                        new TaggedSentence(List.of("明", "天"), List.of("B-date", "I-date")))
                .isEqualTo(BioReader.read(gzipped));
        assertThat(TaggedFormat.of(gzipped)).isEqualTo(TaggedFormat.BIO);
    }

    @Test
    void whatContinuesNothingBeginsASpan() throws Exception {
        String content = "a\tI-x\nb\tI-x\nc\tI-y\nd\tO\ne\tI-y\n\nf\tI-y\n";
        assertThat(BioReader.read(file(content)))
                .extracting(TaggedSentence::tags)
                .containsExactly(List.of("B-x", "I-x", "B-y", "O", "B-y"), List.of("B-y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a\\tO\\nb            | line 2: 2 columns separated by a tab are required, found 1
            a\\tO\\nb\\tO\\tO     | line 2: 2 columns separated by a tab are required, found 3
            a\\tO\\n\\tO          | line 2: the token is empty
            a\\tX-date           | line 1: a tag must be O, B-LABEL or I-LABEL, found 'X-date'
            a\\tB-               | line 1: a tag must be O, B-LABEL or I-LABEL, found 'B-'
            a\\tdate             | line 1: a tag must be O, B-LABEL or I-LABEL, found 'date'
            a O\\nb O            | line 1: 2 columns separated by a tab are required, found 1 (spaces, but no tab)
            a\\tE-date           | line 1: a tag must be O, B-LABEL or I-LABEL, found 'E-date'
            a\\t                 | line 1: a tag must be O, B-LABEL or I-LABEL, found ''
            \\n\\n               | no sentences found
            """)
    void aMalformedFileIsRefusedWithItsLine(String content, String message) throws IOException {
        Path file = file(content.translateEscapes());
        assertThatThrownBy(() -> BioReader.read(file))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("data.bio")
                .hasMessageContaining(message);
    }

    @Test
    void aTokenMayBeginWithTheSignOfComments() throws Exception {
        for (String content : List.of("#tag\tO\n", "#\tO\nx\tB-y\n", "# \tB-x\n", "\uFEFF#a\tO\r\n")) {
            assertThat(TaggedFormat.of(file(content))).isEqualTo(TaggedFormat.BIO);
            assertThat(BioReader.read(file(content)).get(0).words().get(0)).startsWith("#");
        }
    }

    @Test
    void whatCannotBeSeenIsNoPartOfATag() throws Exception {
        assertThat(BioReader.read(file("\uFEFFa\tB-x\u200B\r\nb\tI-\u00ADx \r\n \r\n\uFEFFc\tO\u00A0\n")))
                .containsExactly(
                        new TaggedSentence(List.of("a", "b"), List.of("B-x", "I-x")),
                        new TaggedSentence(List.of("c"), List.of("O")));
    }

    @Test
    void aFileOfNeitherFormatIsRefused() throws IOException {
        assertThatThrownBy(() -> TaggedFormat.of(file("# comment\n\na\tb\tc\n")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("line 3: 10 columns (CoNLL-U) or 2 (BIO)")
                .hasMessageContaining("found 3");
        assertThatThrownBy(() -> TaggedFormat.of(file("\n")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no sentences");
    }
}
