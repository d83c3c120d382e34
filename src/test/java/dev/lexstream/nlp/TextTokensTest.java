package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.model.TextSettings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens of both kinds of taggers: whole graphemes, and none the wiser for what nobody sees. */
class TextTokensTest {

    private static final List<Tokenizer> TOKENIZERS = List.of(new WordTokenizer(), new CharacterTokenizer());

    private static final List<String> CLUSTERS = List.of(
            "\uD83C\uDDE8\uD83C\uDDF3", // flags
            "\uD83C\uDDEB\uD83C\uDDF7",
            "\uD83D\uDC4D\uD83C\uDFFD", // skin tone
            "1\uFE0F\u20E3", // keycaps
            "#\u20E3",
            "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // family
            "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB",
            "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
            "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", // tags
            "e\u0301",
            "n\u0303\u0323",
            "我\u0301",
            "茶\uDB40\uDD00",
            "\u2764\uFE0F",
            "\u0915\u093F",
            "\u1112\u1161\u11AB",
            "\uFF76\uFF9E");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83C\uDDE8\uD83C\uDDF3",
                "\uD83D\uDC4D\uD83C\uDFFD",
                "1\uFE0F\u20E3",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "我\u0301"
            })
    void aGraphemeIsOneToken(String grapheme) {
        for (Tokenizer tokenizer : TOKENIZERS) {
            assertThat(TextTokens.of(grapheme, tokenizer, TextSettings.ON).spans())
                    .containsExactly(new Span(0, grapheme.length()));
        }
        assertThat(TextTokens.of(grapheme, new CharacterTokenizer(), TextSettings.OFF)
                        .spans())
                .as("as the tokenizer alone has it")
                .hasSizeGreaterThan(1);
    }

    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> plain =
                Arbitraries.of("茶", "a", "B", "7", " ", "。", ",", "\r\n", "\n", "'s", ".", "://", "www.");
        return Arbitraries.oneOf(
                        plain,
                        Arbitraries.of(CLUSTERS),
                        Arbitraries.of(VisibleTextTest.INVISIBLE),
                        Arbitraries.strings().ofLength(1))
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 1000)
    void noTokenOfAnyTextCutsAGrapheme(@ForAll("texts") String text) {
        BitSet boundaries = boundaries(text);
        for (Tokenizer tokenizer : TOKENIZERS) {
            int end = 0;
            for (Span span : TextTokens.of(text, tokenizer, TextSettings.ON).spans()) {
                assertThat(boundaries.get(span.begin())).as("begin of %s", span).isTrue();
                assertThat(boundaries.get(span.end())).as("end of %s", span).isTrue();
                assertThat(span.begin()).isGreaterThanOrEqualTo(end);
                assertThat(span.end()).isGreaterThan(span.begin());
                end = span.end();
            }
        }
    }

    private static BitSet boundaries(String text) {
        BitSet boundaries = new BitSet();
        boundaries.set(0);
        Matcher cluster = Pattern.compile("\\X").matcher(text);
        while (cluster.find()) {
            boundaries.set(cluster.end());
        }
        return boundaries;
    }

    @Provide
    static Arbitrary<List<String>> characters() {
        return Arbitraries.of("茶", "我", "a", "B", "7", " ", "。", ",", "'", "\uD83D\uDE00", "e\u0301")
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 500)
    void whatNobodySeesChangesNoToken(
            @ForAll("characters") List<String> characters, @ForAll("invisible") List<String> invisible) {
        StringBuilder with = new StringBuilder();
        List<Integer> origins = new ArrayList<>();
        for (int i = 0; i < characters.size(); i++) {
            with.append(i < invisible.size() ? invisible.get(i) : "");
            for (int k = 0; k < characters.get(i).length(); k++) {
                origins.add(with.length() + k);
            }
            with.append(characters.get(i));
        }
        for (Tokenizer tokenizer : TOKENIZERS) {
            TextTokens plain = TextTokens.of(String.join("", characters), tokenizer, TextSettings.ON);
            TextTokens found = TextTokens.of(with.toString(), tokenizer, TextSettings.ON);
            assertThat(found.texts()).isEqualTo(plain.texts());
            for (int i = 0; i < plain.spans().size(); i++) {
                Span span = found.spans().get(i);
                assertThat(span.begin())
                        .isEqualTo(origins.get(plain.spans().get(i).begin()));
                assertThat(VisibleText.of(span.of(with.toString())).text())
                        .isEqualTo(plain.texts().get(i));
            }
        }
    }

    /** Joiners are left out: between emoji they are seen. */
    @Provide
    static Arbitrary<List<String>> invisible() {
        return Arbitraries.of(VisibleTextTest.INVISIBLE)
                .filter(one -> !one.equals("\u200D"))
                .list()
                .ofMinSize(5)
                .ofMaxSize(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0301", "\uD83C\uDDE8", "\uD83D\uDC68\u200D", "a\u0301", "\u200D", "\r"})
    @Timeout(20)
    void aTextTakesNoLongerThanItIsLong(String unit) {
        String text = "茶" + unit.repeat(200_000 / unit.length());
        for (Tokenizer tokenizer : TOKENIZERS) {
            assertThat(TextTokens.of(text, tokenizer, TextSettings.ON).spans()).isNotEmpty();
        }
    }
}
