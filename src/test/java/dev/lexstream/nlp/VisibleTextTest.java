package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    /** What is put between visible characters, one of each kind. */
    static final List<String> INVISIBLE = List.of(
            "\uFEFF", // byte order mark
            "\u2060", // word joiner
            "\u200B", // zero-width space
            "\u200C",
            "\u200D",
            "\u00AD", // soft hyphen
            "\u200E", // marks, embeddings and isolates of direction
            "\u061C",
            "\u202A",
            "\u202E",
            "\u2066",
            "\u2069",
            "\uFE0E", // variation selectors
            "\uFE0F",
            "\uDB40\uDD00",
            "\u180B",
            "\u180E", // Mongolian vowel separator
            "\u0000",
            "\u0007",
            "\u001F",
            "\u007F",
            "\u0080",
            "\u001B[31m", // colours
            "\u001B[0m",
            "\u001B[38;5;196m",
            "\u009B1m",
            "\u001B(B",
            "\u001B]0;title\u0007",
            "\u001B]8;;http://example.org\u001B\\",
            "\uDB40\uDC67", // tag
            "\uFFF9", // interlinear annotation
            "\u3164", // Hangul fillers
            "\uFFA0",
            "\u115F",
            "\u034F",
            "\uFFFE", // noncharacter
            "\uD800"); // lone surrogate

    static Stream<String> invisible() {
        return INVISIBLE.stream();
    }

    @ParameterizedTest
    @MethodSource("invisible")
    void whatNobodySeesIsLeftOutAndWhereTheRestWasIsKnown(String invisible) {
        VisibleText text = VisibleText.of(invisible + "茶" + invisible + invisible + "a" + invisible);
        assertThat(text.text()).isEqualTo("茶a");
        int n = invisible.length();
        assertThat(text.original(new Span(0, 1))).isEqualTo(new Span(n, n + 1));
        assertThat(text.original(new Span(1, 2))).isEqualTo(new Span(3 * n + 1, 3 * n + 2));
        assertThat(text.original(new Span(0, 2))).isEqualTo(new Span(n, 3 * n + 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "喝茶。\n\t\r\n\u0085\u2028\u2029\u000B\f\u3000\u00A0",
                "\uD83D\uDE00",
                "\u0600\u0661", // an Arabic number sign is seen
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", // Persian
                "\u0915\u094D\u200D\u0937", // Devanagari
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // family
                "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB",
                "e\u0301"
            })
    void whatIsSeenAndWhatChangesItStay(String text) {
        VisibleText visible = VisibleText.of(text);
        assertThat(visible.text()).isEqualTo(text);
        assertThat(visible.original(new Span(0, text.length()))).isEqualTo(new Span(0, text.length()));
    }

    @Test
    void anEscapeThatIsNoSequenceTakesNoTextWithIt() {
        assertThat(VisibleText.of("\u001B好").text()).isEqualTo("好");
        assertThat(VisibleText.of("\u001B[好").text()).isEqualTo("[好");
        assertThat(VisibleText.of("\u001B[31").text()).isEqualTo("[31");
        assertThat(VisibleText.of("\u001B]0;never ends\n好").text()).isEqualTo("]0;never ends\n好");
        assertThat(VisibleText.of("\u001BPlain").text()).isEqualTo("Plain");
    }

    @Provide
    static Arbitrary<List<String>> pieces() {
        Arbitrary<String> visible = Arbitraries.of(
                "茶", "a", "B", "1", " ", "。", "\n", "é", "\u0301", "\uD83D\uDE00", "[", "m", "0", "\uD83C\uDFFD");
        return Arbitraries.oneOf(visible, Arbitraries.of(INVISIBLE)).list().ofMaxSize(40);
    }

    @Property(tries = 500)
    void theVisiblePartsAreLeftAndPointToThemselves(@ForAll("pieces") List<String> pieces) {
        StringBuilder all = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        List<Span> spans = new ArrayList<>();
        for (String piece : pieces) {
            if (!INVISIBLE.contains(piece)) {
                spans.add(new Span(all.length(), all.length() + piece.length()));
                expected.append(piece);
            }
            all.append(piece);
        }
        VisibleText visible = VisibleText.of(all.toString());
        String emojiMayJoin = visible.text().replace("\u200D", "");
        assertThat(emojiMayJoin).isEqualTo(expected.toString());
        int at = 0;
        for (Span span : spans) {
            at += visible.text().startsWith("\u200D", at) ? 1 : 0;
            assertThat(visible.original(new Span(at, at + span.end() - span.begin())))
                    .isEqualTo(span);
            at += span.end() - span.begin();
        }
    }

    @Property(tries = 500)
    void anyTextIsReadTwiceAsOnce(@ForAll String text) {
        String once = VisibleText.of(text).text();
        assertThat(VisibleText.of(once).text()).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u200B", "\u200D", "\u001B", "\u001B[", "\u001B]0", "\u009B1", "a\u200D", "\uD83D\uDE00\u200D"})
    @Timeout(20)
    void aTextTakesNoLongerThanItIsLong(String unit) {
        String text = unit.repeat(200_000 / unit.length());
        assertThat(VisibleText.of(text).text().length()).isLessThanOrEqualTo(text.length());
    }
}
