package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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

class SentenceSplitterTest {

    @Test
    void sentencesEndAtTheirMarks() {
        assertThat(split("今天下雨。你带伞了吗？快走！")).containsExactly("今天下雨。", "你带伞了吗？", "快走！");
        assertThat(split("It rains. Take 2.5 umbrellas!  Go"))
                .containsExactly("It rains.", "Take 2.5 umbrellas!", "Go");
    }

    /** Each with a bar where a sentence ends. */
    static Stream<String> texts() {
        return Stream.of(
                // line breaks of all kinds
                "我去港口|\n你在家|\n风很大",
                "我去港口|\r\n你在家",
                "我去港口|\r你在家",
                "我去港口|\u2028你在家|\u2029风很大",
                "我去港口|\u0085你在家|\u000B风很大|\f下雨了",
                "我去港口。|\n\n你在家。",
                "Take the ferry|\nand come home",
                // list items
                "- 茶|\n- 咖啡|\n- 水",
                "1. 买茶|\n2. 买咖啡|\n10. 买水",
                "1、买茶|\n2、买咖啡",
                "1.买茶|\n2．买咖啡",
                "一．买茶|\n二．买咖啡",
                "• 茶| • 咖啡| • 水",
                "a. Tea|\nb. Coffee|\nIV. Water",
                "(1) 买茶|\n(2) 买咖啡",
                // ellipses
                "我等了很久……|他没有来……",
                "我等了很久…|他没有来",
                "我等了很久⋯⋯|他没有来",
                "我等了很久...|他没有来",
                "我等了很久。。。|他没有来",
                "我等了很久···|他没有来",
                "……他没有来",
                "I waited... and waited.| Nobody came...| So I left.",
                "Wait…what",
                // other marks
                "我去港口｡|你在家｡",
                "我去港口．|你在家．",
                "我去港口!|你在家?|好",
                "什么？！|你在家！！！|好",
                "好‼|走⁉|来",
                "我喜欢茶.|他在家.",
                // quotes and brackets stay with their sentence
                "他说：“我去港口。”|我在家。",
                "「我去港口！」|他走了。",
                "（我在家。）|他走了。",
                "他说\"我去港口。\"|我在家。",
                "He said \"I go.\"| She left.",
                "\"Really?\" he asked.| \"Yes!\"| She left.",
                "(I stay.)| He left.",
                "你在家？，我去港口。",
                // no boundaries
                "Dr. Smith met Mr. Li and Prof. Wu.| They talked.",
                "Dr.王来了。|他很高。",
                "We paid 1,000,000 for 3.5 tons, e.g. of tea.| It was a lot.",
                "价格是3.5元，共1,000,000元。|好",
                "价格是３．５元。|好",
                "The U.S. Army and the U.K. met at 5 p.m. on Monday.| It rained.",
                "He lives in the U.S.| He likes tea.",
                "See No. 5 and p. 12.| No.| I do not.",
                "Use version 1.2.3 of example.org.| Then stop.",
                "看http://example.org/a?b=c!d。|好",
                "See https://example.org/?q=1.| Good.",
                "Tea etc. is here.| Tea, coffee etc.| The end.",
                "中文.com是网站。|好",
                "Born in 1990.| She sails.",
                "Hello!| !| World".replace("| !", " !"),
                "Ｄｒ．王来了。");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextIsCutWhereItsSentencesEndAndNowhereElse(String marked) {
        String[] expected =
                Arrays.stream(marked.split("\\|")).map(SentenceMarks::strip).toArray(String[]::new);
        assertThat(split(marked.replace("|", ""))).containsExactly(expected);
    }

    private static List<String> split(String text) {
        return new SentenceSplitter(100).split(text);
    }

    @Test
    void aLongSentenceIsCutAtClausesThenAtSpacesThenAnywhere() {
        assertThat(new SentenceSplitter(8).split("雨下了一整天，路上没有人，茶凉了")).containsExactly("雨下了一整天，", "路上没有人，", "茶凉了");
        assertThat(new SentenceSplitter(10).split("one two three four")).containsExactly("one two", "three four");
        assertThat(new SentenceSplitter(4).split("abcdefghij")).containsExactly("abcd", "efgh", "ij");
        assertThat(new SentenceSplitter(9).split("价格是多少 1,000元")).containsExactly("价格是多少", "1,000元");
    }

    @Provide
    static Arbitrary<String> strings() {
        return Arbitraries.strings()
                .withChars("ab I1 茶。，.．!?…·•-\"”)\n\t\u2028")
                .withChars("\uD83D\uDE00\u0301")
                .ofMaxLength(200)
                .map(text -> text.replaceAll("[\\uD800-\\uDFFF]", "😀"));
    }

    @Property(tries = 1000)
    void nothingButWhiteSpaceIsLostAndNoPieceIsTooLong(@ForAll("strings") String text) {
        List<String> pieces = new SentenceSplitter(7).split(text);
        assertThat(String.join("", pieces).replaceAll("\\s", "").replace("\u2028", ""))
                .isEqualTo(text.replaceAll("\\s", "").replace("\u2028", ""));
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece).isNotBlank();
            assertThat(piece.codePointCount(0, piece.length())).isLessThanOrEqualTo(7);
        });
    }

    @Property(tries = 1000)
    void linesAreSplitEachForItself(@ForAll("strings") String text, @ForAll("strings") String other) {
        assertThat(split(text + "\n" + other))
                .isEqualTo(Stream.of(text, other)
                        .flatMap(part -> split(part).stream())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "茶", "。", ".", "a.", ". ", "! ", "1.", "1．茶", " ", ")", ".)", "\"", "http://", "www.", "·", "• ", "\n",
                "Dr. ", "…a"
            })
    @Timeout(20)
    void aTextTakesNoLongerThanItIsLong(String unit) {
        String text = unit.repeat(200_000 / unit.length()) + "A";
        assertThat(split(text)).isNotEmpty();
    }
}
