package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SentenceSplitterTest {

    @Test
    void sentencesEndAtTheirMarks() {
        assertThat(new SentenceSplitter("zh", 100).split("今天下雨。你带伞了吗？快走！")).containsExactly("今天下雨。", "你带伞了吗？", "快走！");
        assertThat(new SentenceSplitter("en", 100).split("It rains. Take 2.5 umbrellas!  Go"))
                .containsExactly("It rains.", "Take 2.5 umbrellas!", "Go");
    }

    @Test
    void aLongSentenceIsCutAtClausesThenAtSpacesThenAnywhere() {
        assertThat(new SentenceSplitter("zh", 8).split("雨下了一整天，路上没有人，茶凉了")).containsExactly("雨下了一整天，", "路上没有人，", "茶凉了");
        assertThat(new SentenceSplitter("en", 10).split("one two three four")).containsExactly("one two", "three four");
        assertThat(new SentenceSplitter("en", 4).split("abcdefghij")).containsExactly("abcd", "efgh", "ij");
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("ab 茶。，.!?\n\t")
                .withChars("\uD83D\uDE00\u0301")
                .ofMaxLength(200)
                .map(text -> text.replaceAll("[\\uD800-\\uDFFF]", "😀"));
    }

    @Property(tries = 500)
    void nothingButWhiteSpaceIsLostAndNoPieceIsTooLong(@ForAll("texts") String text) {
        List<String> pieces = new SentenceSplitter("zh", 7).split(text);
        assertThat(String.join("", pieces).replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece).isNotBlank();
            assertThat(piece.codePointCount(0, piece.length())).isLessThanOrEqualTo(7);
        });
    }
}
