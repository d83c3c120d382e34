package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordTokenizerTest {

    private final WordTokenizer tokenizer = new WordTokenizer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            I don't know, they're late.            | I do n't know , they 're late .
            We cannot wait; you can't either!      | We can not wait ; you ca n't either !
            Dr. Lee paid $3,500.75 at 10:30 a.m.   | Dr. Lee paid $ 3,500.75 at 10:30 a.m.
            See https://example.org/a?b=1, please. | See https://example.org/a?b=1 , please .
            mail ops@example.com now               | mail ops@example.com now
            (well-known) and/or U.S. law           | ( well - known ) and / or U.S. law
            The driver's app isn\u2019t ok...      | The driver 's app is n\u2019t ok ...
            Wait -- what?!                         | Wait -- what ? !
            20% of the 3rd team's 40kg             | 20 % of the 3rd team 's 40 kg
            1.2.3 or 1.2A, 3,4/5:6b7 and 5pm       | 1.2.3 or 1 . 2A , 3 , 4 / 5 : 6b7 and 5 pm
            3@1.2.3.4 and 8) 10.5x on 1.2rd        | 3@1.2.3.4 and 8) 10.5 x on 1.2rd
            """)
    void wordsAreCutAsInEnglishTreebanks(String text, String expected) {
        assertThat(words(text)).containsExactly(expected.split(" "));
    }

    @Test
    void emojiAndCombiningMarksStayWhole() {
        assertThat(words("ok \uD83D\uDC4D\uD83C\uDFFD\uD83C\uDF89!"))
                .containsExactly("ok", "\uD83D\uDC4D\uD83C\uDFFD", "\uD83C\uDF89", "!");
        assertThat(words("e\u0301te\u0301")).containsExactly("e\u0301te\u0301");
        assertThat(words("\u0301\u0302")).hasSize(1);
    }

    @ParameterizedTest
    @Timeout(120)
    @ValueSource(
            strings = {
                "a.",
                "1.",
                "a'",
                "a-",
                "a@",
                "a_",
                "#a",
                "\u0301",
                "can't",
                "www.",
                "1a",
                "a,",
                "\ud83d\ude00\u200d",
                "http://a"
            })
    void aLongRunOfAnythingIsCutInLinearTimeAndConstantStack(String piece) {
        assertThat(tokenizer.tokenize(piece.repeat(50_000))).isNotEmpty();
    }

    @Property
    void everyVisibleCharacterIsInExactlyOneToken(@ForAll String text) {
        int end = 0;
        for (Span token : tokenizer.tokenize(text)) {
            assertThat(token.begin()).isGreaterThanOrEqualTo(end);
            assertThat(text.substring(end, token.begin())).matches("[\\s\\p{Z}\\p{Cc}\\p{Cf}]*");
            assertThat(token.end()).isGreaterThan(token.begin());
            end = token.end();
        }
        assertThat(text.substring(end)).matches("[\\s\\p{Z}\\p{Cc}\\p{Cf}]*");
    }

    private List<String> words(String text) {
        return tokenizer.tokenize(text).stream().map(token -> token.of(text)).toList();
    }
}
