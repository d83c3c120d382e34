package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labelled texts, sentence pairs and texts alone. */
class TableReadersTest {

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("data.tsv"), content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFlamp\tLights on\nlamp\tLights off\n",
                "lamp\tLights on\n\uFEFFlamp\tLights off\n",
                "la\uFEFFmp\tLights on\nlamp\u200B\tLights off\n",
                "\u00A0lamp \tLights on\n\n\u2060lamp\u200D\tLights off\n\n"
            })
    void noClassDiffersByWhatCannotBeSeen(String content) throws Exception {
        assertThat(LabelledText.read(file(content)))
                .containsExactly(new LabelledText("lamp", "Lights on"), new LabelledText("lamp", "Lights off"));
    }

    @Test
    void joinersStayWhereScriptsNeedThem() throws Exception {
        assertThat(LabelledText.read(file("می\u200Cخواهم\tx\n👩\u200D🔧\ty\n❤\uFE0F\tz\n")))
                .extracting(LabelledText::label)
                .containsExactly("می\u200Cخواهم", "👩\u200D🔧", "❤\uFE0F");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            lamp\\tOn\\nlamp\\t\\u200B\\uFEFF    | line 2: a text with visible characters is required, found none
            lamp\\tOn\\nlamp\\t\\u00AD           | line 2: a text with visible characters is required
            lamp\\t\\u3164                       | line 1: a text with visible characters is required
            lamp\\t                              | line 1: a text with visible characters is required
            \\tOn                                | line 1: a label with visible characters is required, found ''
            \\u200B\\u001B\\tOn                  | line 1: a label with visible characters is required, found '\\\\u200B\\\\u001B'
            lamp On                              | line 1: two columns separated by a tab are required, label and text, found 1 (spaces, but no tab)
            lamp\\tOn\\tOff                      | line 1: two columns separated by a tab are required, label and text, found 3
            \\n \\n                              | data.tsv: lines of label and text are required, no labelled texts found
            """)
    void aRowThatIsNoneIsRefusedWithItsLine(String content, String message) throws IOException {
        Path file = file(unescaped(content));
        assertThatThrownBy(() -> LabelledText.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.tsv")
                .hasMessageContaining(message.replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            茶\\ttea\\n水\\t\\u200B      | line 2: a target with visible characters is required, found none
            \\u00A0\\ttea                | line 1: a source with visible characters is required, found none
            茶\\ttea\\n\\n水\\twater\\t? | line 3: 2 columns separated by a tab are required, source and target, found 3
            \\n\\n                       | data.tsv: lines of source and target are required, no sentence pairs found
            """)
    void aPairThatIsNoneIsRefusedWithItsLine(String content, String message) throws IOException {
        Path file = file(unescaped(content));
        assertThatThrownBy(() -> TranslationReader.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.tsv")
                .hasMessageContaining(message);
    }

    @Test
    void pairsMayBeApartAndTheSame() throws Exception {
        assertThat(TranslationReader.read(file("\uFEFF茶\ttea\r\n\r\n茶\ttea\r\n")))
                .containsExactly(new TranslationPair("茶", "tea"), new TranslationPair("茶", "tea"));
    }

    @Test
    void textsAloneAreTheLinesWithSomethingVisible() throws Exception {
        Path file = file("\uFEFFone\t1\r\n\u200B\t2\r\n\r\n two \t\r\n");
        assertThat(new TextSource(file, 1).read()).containsExactly("one", "two");
        assertThat(new TextSource(file, 2).read()).containsExactly("1", "2");
        assertThatThrownBy(() -> new TextSource(file, 3).read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.tsv line 1: column 3 was asked for, the line has 2");
        assertThatThrownBy(() -> new TextSource(file("\u200B\n\n"), 0).read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.tsv: lines with visible characters are required, no text found");
    }

    /** {@link String#translateEscapes} knows no {@code \}{@code u}. */
    private static String unescaped(String text) {
        StringBuilder all = new StringBuilder();
        java.util.regex.Matcher matcher =
                java.util.regex.Pattern.compile("\\\\u([0-9A-F]{4})").matcher(text);
        int at = 0;
        while (matcher.find()) {
            all.append(text, at, matcher.start()).append((char) Integer.parseInt(matcher.group(1), 16));
            at = matcher.end();
        }
        return all.append(text.substring(at)).toString().translateEscapes();
    }
}
