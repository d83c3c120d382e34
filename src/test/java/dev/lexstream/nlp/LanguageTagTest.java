package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            en | en
            EN-us | en
            eng | en
            zho | zh
            chi | zh
            cmn | zh
            zh-cmn-Hans-CN | zh
            zh-Hant-TW | zh
            zh_CN.GB18030@pinyin | zh
            zh-yue | yue
            zh-min-nan | nan
            fre | fr
            fra | fr
            ger | de
            dut | nl
            per | fa
            pes | fa
            arb | ar
            zsm | ms
            iw | he
            heb | he
            in | id
            ji | yi
            mo | ro
            sh | sr
            scc | sr
            no | nb
            nor | nb
            nno | nn
            i-klingon | tlh
            en_US.UTF-8 | en
            de_AT@euro | de
            en;q=0.9 | en
            en-US,en;q=0.8 | en
            de;q=0.5,fr-CA | fr
            ' pt-BR ' | pt
            en-x-foo | en
            grc | grc
            """)
    void aTagBecomesTheLanguageItMeans(String tag, String language) {
        assertThat(LanguageTag.language(tag)).contains(language);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0",
                "und",
                "UND",
                "und-Latn",
                "mul",
                "zxx",
                "mis",
                "null",
                "None",
                "unknown",
                "n/a",
                "N/A",
                "nil/",
                "undefined",
                "NaN",
                "auto",
                "other",
                "-",
                "--",
                "?",
                "*",
                "!!!",
                "*;q=0.5",
                ";",
                ",",
                "en;q=x",
                "x-klingon",
                "qaa",
                "qtz-Latn",
                "i-default",
                "C",
                "C.UTF-8",
                "POSIX",
                "xx",
                "cn",
                "jp",
                "english",
                "123",
                "1",
                "\uD83D\uDE00",
                "\u0000",
                "中文"
            })
    void whatNamesNoLanguageDeclaresNone(String tag) {
        assertThat(LanguageTag.language(tag)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_000_000})
    void whatIsTooLongToBeATagDeclaresNone(int length) {
        assertThat(LanguageTag.language("en-".repeat(length))).isEmpty();
    }

    @Property(tries = 5000)
    void aLanguageMeansItself(@ForAll("tags") String tag) {
        Optional<String> language = LanguageTag.language(tag);

        assertThat(language.filter(code -> !code.equals("nan")).flatMap(LanguageTag::language))
                .isEqualTo(language.filter(code -> !code.equals("nan")));
        assertThat(language.orElse("en")).matches("[a-z]{2,3}");
    }

    @Provide
    Arbitrary<String> tags() {
        Arbitrary<String> primary = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4);
        Arbitrary<String> rest =
                Arbitraries.of("", "-CN", "_US.UTF-8", "-Latn", ";q=0.3", ",en", "-x-a", "@euro", "-\u0000");
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(30);
        return Arbitraries.oneOf(primary.flatMap(start -> rest.map(end -> start + end)), anything);
    }
}
