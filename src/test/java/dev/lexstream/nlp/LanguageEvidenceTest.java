package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageEvidenceTest {

    private static final List<String> TEXTS = List.of(
            "The lift is out of order until Monday",
            "明天上午十点在大厅集合",
            "Der Zug fährt heute später",
            "Не забудь ключи",
            "यह रास्ता बंद है");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            LGTM, merging now                    | merging now
            YES PLEASE                           | YES PLEASE
            see https://example.org/a?b=c there  | see there
            看https://example.org/a谢谢          | 看 谢谢
            mail anna.b@example.org please       | mail please
            @anna @bob_1 come here               | come here
            run `git push --force` again         | run again
            <p class="x">Good&nbsp;day</p>       | Good day
            a < b and c > d                      | a b and c d
            :thumbs_up: well done :tada:         | well done
            open README.md or src/main/java      | open or
            call foo_bar with UTF-8 and mp3      | call with and
            ｆｕｌｌ　ｗｉｄｔｈ                 | full width
            don't l’eau                          | don't l’eau
            10.Please wait 3点见                 | Please wait 点见
            cafe\u0301                           | café
            """)
    void onlyWordsAreEvidence(String text, String evidence) {
        assertThat(LanguageEvidence.of(unescaped(text)).text()).isEqualTo(evidence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "12345",
                "+1 (555) 010-9999",
                "https://www.example.org/a/b?c=d",
                "www.example.org",
                "anna@example.org",
                "@anna",
                ":tada:",
                "\uD83D\uDC4D\uD83C\uDFFD",
                "`ls -l`",
                "```\nint i;\n```",
                "<br/>",
                "2f8a9c01d",
                "\u3164\u200B",
                "example.org",
                "/usr/local/bin",
                "C:\\temp\\x",
                "--------",
                "&nbsp;"
            })
    void whatIsTheSameInAllLanguagesIsNone(String text) {
        assertThat(LanguageEvidence.of(text)).isEqualTo(new LanguageEvidence("", 0));
    }

    @Test
    void colourCodesAndInvisibleCharactersHideNothing() {
        assertThat(LanguageEvidence.of("\u001B[1;31mer\u00ADror\u001B[0m in the \uFEFFkitch\u200Ben")
                        .text())
                .isEqualTo("error in the kitchen");
    }

    @Test
    void aTextThatRepeatsItselfTellsNoMoreThanOnce() {
        assertThat(LanguageEvidence.of("ha".repeat(50)).size())
                .isEqualTo(LanguageEvidence.of("haha").size());
    }

    @Property(tries = 2000)
    void junkInFrontChangesNothing(@ForAll("junk") String junk, @ForAll("texts") String text) {
        assertThat(LanguageEvidence.of(junk + text)).isEqualTo(LanguageEvidence.of(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(TEXTS);
    }

    @Provide
    Arbitrary<String> junk() {
        Arbitrary<String> kinds = Arbitraries.of(
                " ",
                "-",
                "=",
                "*",
                "\n",
                "\t",
                "\u3000",
                "\u2014",
                "7",
                "42.",
                "\u200B",
                "\uFEFF",
                "\u0000",
                "\u00AD",
                "\u202E",
                "\uFE0F",
                "\uD83D\uDE80",
                "\u2026",
                "\u3002",
                "\u001B[0m",
                " https://example.org/x?y=1 ",
                " a@example.org ",
                " @me ",
                " <br> ",
                " 0x1F ",
                "`x`");
        Arbitrary<String> pieces =
                kinds.flatMap(kind -> Arbitraries.of(1, 2, 500).map(kind::repeat));
        return pieces.list().ofMaxSize(8).map(list -> String.join("", list));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                " ",
                "1",
                "1.",
                "a@",
                "`",
                "```",
                "<",
                "<a",
                "<a ",
                "&",
                "&a",
                ":",
                ":a",
                ":a ",
                "/",
                "a/1",
                "\u001B[",
                "\u001B[1;",
                "a.b",
                "_",
                "a_",
                "\u200B",
                "\u0301",
                "A1 ",
                "\uFF01",
                "@a ",
                "://",
                "a1中1",
                "\uD83D\uDE00"
            })
    void aMillionUnitsOfAnythingAreReadInTime(String junk) {
        String text = junk.repeat(1_000_000 / junk.length());
        assertThat(Duration.ofSeconds(10)).satisfies(limit -> {
            long start = System.nanoTime();
            LanguageEvidence.of(text);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
        });
    }

    private static String unescaped(String text) {
        return text.replace("\\u0301", "\u0301");
    }
}
