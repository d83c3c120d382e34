package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.Classification;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.avro.Translation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** What commands print of foreign strings is text: it cannot colour, clear, move or forge lines. */
class TerminalStreamTest {

    private static final String EVIL = "\u001b[2J\u001b]0;t\u0007\r\b\u0000\u009b31m\u007f\u202e";

    private static String printed(Consumer<PrintStream> work) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new TerminalStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        work.accept(out);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean harmless(String text) {
        return text.codePoints()
                .noneMatch(c -> (Character.isISOControl(c) && c != '\n' && c != '\t') || (c >= 0x202a && c <= 0x202e));
    }

    @Property(tries = 300)
    void noControlCharacterIsPrintedByWhateverMethod(@ForAll String text, @ForAll char c) {
        String evil = text + c + EVIL;
        assertThat(harmless(printed(out -> {
                    out.print(evil);
                    out.println(evil);
                    out.print(c);
                    out.println(c);
                    out.print(evil.toCharArray());
                    out.println(evil.toCharArray());
                    out.println(Optional.of(evil));
                    out.printf("%s %s%n", evil, Optional.of(evil));
                    out.format(Locale.ROOT, "%-20s|%d%n", evil, 3);
                    out.append(evil).append(c);
                })))
                .isTrue();
    }

    @Test
    void textOfAllLanguagesAndLinesOfOurOwnStayAsTheyAre() {
        String text = "Zoë 你好 🙂‍↔️\tשלום\nnext";
        assertThat(printed(out -> out.print(text))).isEqualTo(text);
        assertThat(printed(out -> out.printf("%s %5.1f %,d%n", Path.of("a"), 1.25, 1000)))
                .isEqualTo("a   1.3 1,000\n");
    }

    @Test
    void whatIsFilledIntoAFormatStaysInItsLine() {
        assertThat(printed(out -> out.printf("model %s%n", "a\nfine: 100 %\tb")))
                .isEqualTo("model a\\u000afine: 100 %\\u0009b\n");
    }

    @Test
    void aJsonStringMeansTheSameAfterwards() throws Exception {
        String text = "a\u009b\u202e\u2028b\u007f";
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        String line =
                printed(out -> out.println(json.createArrayNode().add(text).toString()));
        assertThat(harmless(line)).isTrue();
        assertThat(json.readTree(line).get(0).asText()).isEqualTo(text);
    }

    @Test
    void aTableHasColoursOfItsOwnAndNoneOfTheTexts() {
        String word = "\u001b[31mred\nforged";
        Annotation annotation = new Annotation(
                "stage" + EVIL,
                "model",
                "1",
                StageStatus.TRUNCATED,
                "reason" + EVIL,
                1L,
                List.of(new TokenTag(0, word.length(), "LABEL|@" + EVIL, 0.5f)),
                List.of(new Translation("en" + EVIL, word, 0.5f)),
                List.of(new Classification(word, 0.5f, Map.of(), false)),
                "in" + EVIL);
        Annotation skipped = new Annotation(
                "stage" + EVIL, null, null, StageStatus.SKIPPED, word, 1L, List.of(), List.of(), List.of(), "");
        for (List<Annotation> annotations : List.of(List.of(annotation), List.of(skipped))) {
            EnrichedText text = new EnrichedText(
                    "id" + word,
                    word,
                    null,
                    null,
                    Map.of(),
                    new Language("e\nn", LanguageOrigin.DECLARED, null),
                    annotations,
                    null,
                    null,
                    Map.of(word, word));
            String table = printed(out -> new EventTable(out, Ansi.ON).row(text));
            assertThat(table).contains("\u001b[", "\\u001b[31mred");
            assertThat(harmless(table.replaceAll("\u001b\\[[0-9;]*m", "")))
                    .as(table)
                    .isTrue();
            assertThat(table.replace("\u001b[31mred", "")).doesNotContain("\u001b[31mred");
            assertThat(table.lines().filter(line -> line.startsWith("forged"))).isEmpty();
            String plain = printed(out -> new EventTable(out, Ansi.OFF).row(text));
            assertThat(harmless(plain)).isTrue();
        }
    }

    @Test
    void aProgressBarDrawsOverItselfAndNothingElseDoes() {
        String bar = printed(out -> {
            ProgressBar progress = new ProgressBar(out, true);
            progress.update("label\u001b[1m", 1, 1, "note\r");
            progress.line("wrote \u001b[2J");
        });
        assertThat(bar).startsWith("\r\033[Klabel\\u001b[1m");
        assertThat(bar.replace("\r\033[K", "")).contains("note\\u000d", "wrote \\u001b[2J");
        assertThat(harmless(bar.replace("\r\033[K", ""))).isTrue();
    }
}
