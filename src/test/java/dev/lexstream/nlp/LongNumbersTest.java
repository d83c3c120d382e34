package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongNumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "我有10000元。 | I have 100,000. | I have 10,000.",
                "他付了50000美元。 | He paid 500 dollars. | He paid 50,000 dollars.",
                "我有20,000本书。 | I have 20,0 a book. | I have 20,000 a book.",
                "２０２６年 | in 2016 | in 2026",
                "我有1234567元。 | I have 12345. | I have 1,234,567."
            })
    void aLongNumberThatWasMiscountedIsThatOfTheSource(String source, String written, String expected) {
        assertThat(LongNumbers.copied(source, written)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "我有10000元。 | I have 10,000 yuan.",
                "我有10000元。 | I have ten thousand yuan.",
                "我有10000元。 | I have 2 yuan.",
                "我有2000万元。 | I have 20,000,000 yuan.",
                "15:00见 | See you at 3.",
                "一共3.1415 | It is 3.14.",
                "一万元 | 10,000 yuan",
                "10000和10500 | 100,000 and 105",
                "我有10000元。 | I have 100,000 or 100."
            })
    void whatIsRightOrUnclearStays(String source, String written) {
        assertThat(LongNumbers.copied(source, written)).isEqualTo(written);
    }

    /** Whatever the texts: what is no number stays as it is. */
    @Property(tries = 500)
    void nothingButNumbersChanges(
            @ForAll @StringLength(max = 30) @CharRange(from = '0', to = '9') @Chars({'a', ',', '.', ' ', '万'})
                    String source,
            @ForAll @StringLength(max = 30) @CharRange(from = '0', to = '9') @Chars({'a', ',', '.', ' ', '万'})
                    String written) {
        assertThat(LongNumbers.copied(source, written).replaceAll("[0-9,]", ""))
                .isEqualTo(written.replaceAll("[0-9,]", ""));
    }
}
