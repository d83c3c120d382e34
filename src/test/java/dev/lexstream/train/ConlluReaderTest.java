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

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("bad.conllu"), content);
    }

    private static String row(String id, String form, String upos) {
        return id + "\t" + form + "\t_\t" + upos + "\t_\t_\t_\t_\t_\t_\n";
    }

    @Test
    void commentsAndSeparatorsMayHoldAnything() throws Exception {
        String comments = "# source\tnewsroom\n#\tO\n# a\tb\tc\td\te\tf\tg\th\ti\tj\n";
        Path file = file("\uFEFF" + comments + row("1", "Yes", "INTJ") + " \n" + comments + row("1", "No", "INTJ"));
        assertThat(TaggedFormat.of(file)).isEqualTo(TaggedFormat.CONLLU);
        assertThat(ConlluReader.read(file))
                .extracting(TaggedSentence::words)
                .containsExactly(List.of("Yes"), List.of("No"));
    }

    @Test
    void wordsWithoutATagStayInTheirSentenceUntagged() throws Exception {
        List<TaggedSentence> sentences =
                ConlluReader.read(file(row("1", "We", "PRON") + row("2", "go", "_") + "\n" + row("1", "Hm", "_")));
        assertThat(sentences)
                .containsExactly(
                        new TaggedSentence(List.of("We", "go"), List.of("PRON", TaggedSentence.UNTAGGED)),
                        new TaggedSentence(List.of("Hm"), List.of(TaggedSentence.UNTAGGED)));
        assertThat(TagNotes.of(TaggedFormat.CONLLU, sentences))
                .containsExactly("2 of 3 words have no tag (_): they are left out");
    }

    @Test
    void tagsThatAreNotUniversalAreNamed() throws Exception {
        List<TaggedSentence> sentences =
                ConlluReader.read(file(row("1", "We", "PRON") + row("2", "go", "VREB") + row("3", "on", "adv")));
        assertThat(TagNotes.of(TaggedFormat.CONLLU, sentences))
                .singleElement()
                .asString()
                .contains("2 of 3 words have tags that are none of the 17 universal ones: [VREB, adv]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
            1   | ''     | NOUN | the form is empty or invisible, a word is required, found ''
            1   | \u200B | NOUN | the form is empty or invisible, a word is required, found '\\u200B'
            1   | word   | ''   | UPOS, the fourth column, must be a tag or _ where there is none, found ''
            1   | word   | \uFEFF | UPOS, the fourth column, must be a tag or _ where there is none, found '\\uFEFF'
            one | word   | NOUN | the first column must be a word's number, a range such as 1-2 or an empty node's such as 1.1, found 'one'
            1-  | word   | NOUN | the first column must be a word's number
            """)
    void aWordThatIsNoneIsRefusedWithItsLine(String id, String form, String upos, String message) throws IOException {
        Path file = file(row("1", "Yes", "INTJ") + "\n"
                + row(id, form.replace("\\u200B", "\u200B"), upos.replace("\\uFEFF", "\uFEFF")));
        assertThatThrownBy(() -> ConlluReader.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad.conllu line 3: " + message.replace("\\\\", "\\"));
    }

    @Test
    void aFileWithoutAnyTagIsRefused() throws IOException {
        Path file = file(row("1", "We", "_") + row("2", "go", "_"));
        assertThatThrownBy(() -> ConlluReader.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad.conllu: words with tags are required, every UPOS column is _");
    }

    @Test
    void aFileWithoutSentencesIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.conllu"), "# nothing here\n\n");
        assertThatThrownBy(() -> ConlluReader.read(file))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no sentences");
    }
}
