package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterTokenizerTest {

    private final CharacterTokenizer tokenizer = new CharacterTokenizer();

    private List<String> tokens(String text) {
        return tokenizer.tokenize(text).stream().map(span -> span.of(text)).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            他在2024年买了iPhone。 | 他 在 2024 年 买 了 i Phone 。
            BBC和YouTube           | BBC 和 You Tube
            open the door 开门     | open the door 开 门
            '3,500.75元'           | 3 , 500 . 75 元
            \uD83D\uDE00\uD842\uDFB7野家          | \uD83D\uDE00 \uD842\uDFB7 野 家
            """)
    void charactersStandAloneButRunsOfLettersAndDigitsStayTogether(String text, String expected) {
        assertThat(tokens(text)).containsExactly(expected.split(" "));
    }

    @Property
    void everyVisibleCharacterBelongsToExactlyOneToken(@ForAll String text) {
        int end = 0;
        StringBuilder left = new StringBuilder();
        for (Span token : tokenizer.tokenize(text)) {
            assertThat(token.begin()).isGreaterThanOrEqualTo(end);
            assertThat(token.of(text)).doesNotContainAnyWhitespaces();
            left.append(text, end, token.begin());
            end = token.end();
        }
        left.append(text.substring(end));
        assertThat(left.toString()).matches("[\\s\\p{Z}\\p{Cc}\\p{Cf}]*");
    }
}
