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

class ConlluReaderTest {

    private static final String TWO_SENTENCES =
            """
            # text = Don't go
            1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
            1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_
            2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_
            2.1\tghost\t_\tX\t_\t_\t_\t_\t_\t_
            3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\t_


            # text = Yes
            1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_
            """;

    @TempDir
    private Path folder;

    @Test
    void plainAndGzippedFilesGiveTheSameSentences() throws Exception {
        Path plain = Files.writeString(folder.resolve("plain.conllu"), TWO_SENTENCES);
        Path gzipped = folder.resolve("named-anything");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            out.write(TWO_SENTENCES.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ConlluReader.read(plain))
                .containsExactly(
                        new TaggedSentence(List.of("Do", "n't", "go"), List.of("AUX", "PART", "VERB")),
                        new TaggedSentence(List.of("Yes"), List.of("INTJ")))
                .isEqualTo(ConlluReader.read(gzipped));
    }

    @Test
    void aLineWithTheWrongNumberOfColumnsIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.conllu"), TWO_SENTENCES + "2\tplease\tINTJ\n");
        assertThatThrownBy(() -> ConlluReader.read(file))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("bad.conllu line 11: 10 columns")
                .hasMessageContaining("found 3");
    }

    @Test
    void aFileWithoutSentencesIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.conllu"), "# nothing here\n\n");
        assertThatThrownBy(() -> ConlluReader.read(file))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no sentences");
    }
}
