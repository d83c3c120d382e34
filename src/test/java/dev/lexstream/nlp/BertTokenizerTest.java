package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BertTokenizerTest {

    private static final int PAD = 0;
    private static final int UNK = 1;
    private static final int CLS = 2;
    private static final int SEP = 3;

    private static BertTokenizer tokenizer;

    @BeforeAll
    @BeforeContainer
    static void read() throws Exception {
        tokenizer = BertTokenizer.read(Path.of(BertTokenizerTest.class
                .getResource("/dev/lexstream/nlp/tokenizer.json")
                .toURI()));
    }

    private static EncodingOptions cut(int maxLength, Truncation truncation) {
        return new EncodingOptions(true, maxLength, 0, truncation, false, true);
    }

    @Test
    void englishIsCutIntoPiecesAndChineseIntoCharacters() {
        BertEncoding encoding = tokenizer.encode(
                "The unaffordable Caf\u00e9! \u660e\u5929\u5f88\u597d", cut(50, Truncation.ONLY_FIRST));
        assertThat(encoding.ids())
                .containsExactly(
                        CLS,
                        id("the"),
                        id("un"),
                        id("##afford"),
                        id("##able"),
                        id("cafe"),
                        id("!"),
                        id("\u660e"),
                        id("\u5929"),
                        id("\u5f88"),
                        id("\u597d"),
                        SEP);
        assertThat(encoding.typeIds()).containsOnly(0);
        assertThat(encoding.attentionMask()).containsOnly(1);
        assertThat(encoding.specialTokensMask()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(encoding.offsets())
                .startsWith(new Span(0, 0), new Span(0, 3), new Span(4, 6), new Span(6, 12), new Span(12, 16))
                .endsWith(new Span(26, 27), new Span(0, 0));
        assertThat(encoding.overflowing()).isEmpty();
    }

    @Test
    void aPairHasASeparatorAfterEachTextAndTwoTypes() {
        BertEncoding encoding = tokenizer.encode("a b", "c", cut(50, Truncation.LONGEST_FIRST));
        assertThat(encoding.ids()).containsExactly(CLS, id("a"), id("b"), SEP, id("c"), SEP);
        assertThat(encoding.typeIds()).containsExactly(0, 0, 0, 0, 1, 1);
        assertThat(encoding.specialTokensMask()).containsExactly(1, 0, 0, 1, 0, 1);
    }

    @Test
    void withoutSpecialTokensThereAreOnlyTheTexts() {
        EncodingOptions bare = new EncodingOptions(false, 3, 0, Truncation.LONGEST_FIRST, false, true);
        assertThat(tokenizer.encode("a b", "c", bare).ids()).containsExactly(id("a"), id("b"), id("c"));
    }

    @Test
    void paddingFillsARowWithoutAttention() {
        EncodingOptions padded = new EncodingOptions(true, 6, 0, Truncation.LONGEST_FIRST, true, true);
        BertEncoding encoding = tokenizer.encode("a b", padded);
        assertThat(encoding.ids()).containsExactly(CLS, id("a"), id("b"), SEP, PAD, PAD);
        assertThat(encoding.attentionMask()).containsExactly(1, 1, 1, 1, 0, 0);
        assertThat(encoding.specialTokensMask()).containsExactly(1, 0, 0, 1, 1, 1);
        assertThat(encoding.typeIds()).containsOnly(0);
    }

    @Test
    void paddingFillsTheLastWindowToo() {
        EncodingOptions padded = new EncodingOptions(true, 5, 0, Truncation.LONGEST_FIRST, true, true);
        BertEncoding encoding = tokenizer.encode("a b c d", padded);
        assertThat(encoding.overflowing()).hasSize(1);
        assertThat(encoding.overflowing().get(0).ids()).containsExactly(CLS, id("d"), SEP, PAD, PAD);
    }

    @Test
    void longestFirstCutsTheLongerTextAndThenBoth() {
        EncodingOptions options = cut(3 + 5, Truncation.LONGEST_FIRST);
        assertThat(tokenizer.encode("a b c d e", "f", options).ids())
                .containsExactly(CLS, id("a"), id("b"), id("c"), id("d"), SEP, id("f"), SEP);
        assertThat(tokenizer.encode("f", "a b c d e", options).ids())
                .containsExactly(CLS, id("f"), SEP, id("a"), id("b"), id("c"), id("d"), SEP);
        assertThat(tokenizer.encode("a b c d", "d c b a", options).ids())
                .as("the odd token is the first text's")
                .containsExactly(CLS, id("a"), id("b"), id("c"), SEP, id("d"), id("c"), SEP);
    }

    @Test
    void onlyFirstAndOnlySecondLeaveTheOtherTextWhole() {
        BertEncoding first = tokenizer.encode("a b c d e", "f g", cut(8, Truncation.ONLY_FIRST));
        assertThat(first.ids()).containsExactly(CLS, id("a"), id("b"), id("c"), SEP, id("f"), id("g"), SEP);
        assertThat(first.overflowing().get(0).ids()).containsExactly(CLS, id("d"), id("e"), SEP, id("f"), id("g"), SEP);
        BertEncoding second = tokenizer.encode("f g", "a b c d e", cut(8, Truncation.ONLY_SECOND));
        assertThat(second.ids()).containsExactly(CLS, id("f"), id("g"), SEP, id("a"), id("b"), id("c"), SEP);
        assertThat(second.overflowing().get(0).ids())
                .containsExactly(CLS, id("f"), id("g"), SEP, id("d"), id("e"), SEP);
    }

    @Test
    void doNotTruncateKeepsEverything() {
        BertEncoding encoding = tokenizer.encode("a b c d e", "f g", cut(4, Truncation.DO_NOT_TRUNCATE));
        assertThat(encoding.length()).isEqualTo(10);
        assertThat(encoding.overflowing()).isEmpty();
    }

    @Test
    void windowsRepeatAStride() {
        EncodingOptions options = cut(5, Truncation.ONLY_FIRST).withStride(1);
        BertEncoding encoding = tokenizer.encode("a b c d e f", options);
        assertThat(encoding.ids()).containsExactly(CLS, id("a"), id("b"), id("c"), SEP);
        assertThat(encoding.overflowing()).hasSize(2);
        assertThat(encoding.overflowing().get(0).ids()).containsExactly(CLS, id("c"), id("d"), id("e"), SEP);
        assertThat(encoding.overflowing().get(1).ids()).containsExactly(CLS, id("e"), id("f"), SEP);
    }

    @Test
    void optionsThatLeaveNoRoomAreRefusedWithTheirNumbers() {
        assertThatThrownBy(() -> tokenizer.encode("a b", cut(2, Truncation.LONGEST_FIRST)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxLength 2 with truncation LONGEST_FIRST leaves no room");
        assertThatThrownBy(() -> tokenizer.encode("a", "b c d e f", cut(6, Truncation.ONLY_FIRST)))
                .hasMessageContaining("leaves no room for a token of the text");
        assertThatThrownBy(() -> tokenizer.encode("a b c d e f", "g", cut(6, Truncation.ONLY_SECOND)))
                .hasMessageContaining("leaves no room for a token of the second text");
        assertThatThrownBy(() -> tokenizer.encode(
                        "a b c d", cut(4, Truncation.ONLY_FIRST).withStride(2)))
                .hasMessageContaining("stride must be less than the 2 tokens of a window, found 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\ude00 a",
                "\ud83d\ude00\u660e\ud83d\ude00 a",
                "e\u0301\u0302 a",
                "lone \ud800 a",
                "nul \0 a",
                "\udc00\udc00a"
            })
    void offsetsCountCodePointsWhateverComesBefore(String text) {
        BertEncoding encoding = tokenizer.encode(text, EncodingOptions.upTo(50));
        Span last = encoding.offsets().get(encoding.length() - 2);
        int length = text.codePointCount(0, text.length());
        assertThat(encoding.ids()[encoding.length() - 2]).isIn(id("a"), UNK);
        assertThat(last).isEqualTo(new Span(length - 1, length));
    }

    static Stream<String> hostileTexts() {
        return Stream.of(
                "a".repeat(300_000),
                "a ".repeat(100_000),
                "\u660e".repeat(100_000),
                "\u0301".repeat(300_000),
                "\ud83d\ude00".repeat(100_000),
                "[SEP]".repeat(20_000),
                "\ud800".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void hostileTextsAreEncodedInBoundedRows(String text) {
        BertEncoding encoding = tokenizer.encode(text, EncodingOptions.upTo(64).withStride(16));
        assertThat(windows(encoding)).allMatch(window -> window.length() <= 64);
    }

    @Property(tries = 300)
    void noRowIsLongerThanAllowedAndEveryTokenIsInSomeWindow(
            @ForAll @StringLength(max = 60) String text,
            @ForAll @StringLength(max = 60) String pair,
            @ForAll boolean isPair,
            @ForAll boolean special,
            @ForAll Truncation truncation,
            @ForAll @IntRange(min = 1, max = 40) int maxLength,
            @ForAll @IntRange(max = 6) int stride,
            @ForAll boolean pad) {
        EncodingOptions options = new EncodingOptions(special, maxLength, stride, truncation, pad, true);
        BertEncoding encoding;
        try {
            encoding = isPair ? tokenizer.encode(text, pair, options) : tokenizer.encode(text, options);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)(maxLength|stride) .*");
            return;
        }
        List<BertEncoding> windows = windows(encoding);
        if (truncation != Truncation.DO_NOT_TRUNCATE) {
            assertThat(windows).allMatch(window -> window.length() <= maxLength);
        }
        if (pad) {
            assertThat(windows).allMatch(window -> window.length() >= maxLength);
        }
        assertThat(covered(windows, 0)).isEqualTo(begins(text));
        assertThat(covered(windows, 1)).isEqualTo(isPair ? begins(pair) : new BitSet());
        for (BertEncoding window : windows) {
            assertThat(List.of(
                            window.typeIds().length,
                            window.attentionMask().length,
                            window.specialTokensMask().length,
                            window.offsets().size()))
                    .containsOnly(window.length());
        }
    }

    @Property(tries = 100)
    void withoutOffsetsTheRowsAreTheSame(@ForAll @StringLength(max = 60) String text) {
        EncodingOptions options = EncodingOptions.upTo(16);
        List<BertEncoding> with = windows(tokenizer.encode(text, options));
        List<BertEncoding> without = windows(tokenizer.encode(text, options.withoutOffsets()));
        assertThat(without).hasSameSizeAs(with);
        for (int i = 0; i < with.size(); i++) {
            assertThat(without.get(i).ids()).isEqualTo(with.get(i).ids());
            assertThat(without.get(i).offsets()).isEmpty();
        }
    }

    /** Where the tokens of one text begin that are in some window. */
    private static BitSet covered(List<BertEncoding> windows, int type) {
        BitSet begins = new BitSet();
        for (BertEncoding window : windows) {
            for (int i = 0; i < window.length(); i++) {
                if (window.specialTokensMask()[i] == 0 && window.typeIds()[i] == type) {
                    begins.set(window.offsets().get(i).begin());
                }
            }
        }
        return begins;
    }

    private static BitSet begins(String text) {
        BitSet begins = new BitSet();
        tokenizer.pieces(text, true).offsets().forEach(offset -> begins.set(offset.begin()));
        return begins;
    }

    private static List<BertEncoding> windows(BertEncoding encoding) {
        List<BertEncoding> windows = new ArrayList<>(List.of(encoding));
        windows.addAll(encoding.overflowing());
        return windows;
    }

    @Test
    void aVocabularyWithoutSpecialTokensIsRefusedNamingAllThatAreMissing() {
        String json = "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"[PAD]\": 0, \"[CLS]\": 1, \"a\": 2}}}";
        assertThatThrownBy(() -> BertTokenizer.parse("x/tokenizer.json", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("x/tokenizer.json")
                .hasMessageContaining("missing are [[UNK], [SEP], [MASK]]");
    }

    @Test
    void aTokenizerOfAnotherKindIsRefused() {
        assertThatThrownBy(() ->
                        BertTokenizer.parse("t", "{\"model\": {\"type\": \"BPE\"}}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("the model's type must be WordPiece, found 'BPE'");
    }

    /** The id of a token, by encoding it as a word or as the rest of one. */
    private static int id(String token) {
        return token.startsWith("##")
                ? tokenizer.pieces("un" + token.substring(2), false).ids()[1]
                : tokenizer.pieces(token, false).ids()[0];
    }
}
