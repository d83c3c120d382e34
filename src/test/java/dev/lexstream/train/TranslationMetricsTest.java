package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** BLEU and chrF against the figures of sacreBLEU 2.6.0 with its defaults. */
class TranslationMetricsTest {

    /** The example of sacreBLEU's documentation. */
    private static final List<String> TRANSLATIONS =
            List.of("The dog bit the man.", "It wasn't surprising.", "The man had just bitten him.");

    private static final List<String> FIRST =
            List.of("The dog bit the man.", "It was not unexpected.", "The man bit him first.");
    private static final List<String> SECOND =
            List.of("The dog had bit the man.", "No one was surprised.", "The man had bitten the dog.");

    static Stream<Arguments> corpora() {
        return Stream.of(
                Arguments.of(
                        TRANSLATIONS,
                        List.of(FIRST, SECOND),
                        "BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)",
                        48.530827009929865,
                        59.72751782684763),
                Arguments.of(
                        TRANSLATIONS,
                        List.of(FIRST),
                        "BLEU = 45.07 70.6/42.9/36.4/37.5 (BP = 1.000 ratio = 1.000 hyp_len = 17 ref_len = 17)",
                        45.06750632106114,
                        50.043063606582294),
                Arguments.of(
                        TRANSLATIONS,
                        List.of(SECOND),
                        "BLEU = 28.33 70.6/42.9/27.3/12.5 (BP = 0.889 ratio = 0.895 hyp_len = 17 ref_len = 19)",
                        28.330553664429278,
                        51.70106133373036),
                Arguments.of(
                        List.of("Rain is expected."),
                        List.of(List.of("Rain is likely today.")),
                        "BLEU = 27.53 75.0/33.3/25.0/25.0 (BP = 0.779 ratio = 0.800 hyp_len = 4 ref_len = 5)",
                        27.534765745159184,
                        26.294736705477277),
                Arguments.of(
                        List.of("the ferry"),
                        List.of(List.of("the ferry is late again")),
                        "BLEU = 0.00 100.0/100.0/0.0/0.0 (BP = 0.223 ratio = 0.400 hyp_len = 2 ref_len = 5)",
                        0,
                        37.68511756417377),
                Arguments.of(
                        List.of(""),
                        List.of(List.of("Nothing was said.")),
                        "BLEU = 0.00 0.0/0.0/0.0/0.0 (BP = 0.000 ratio = 0.000 hyp_len = 0 ref_len = 4)",
                        0,
                        0),
                Arguments.of(
                        List.of(
                                "A storm of 3,500 km-wide clouds (see p.7) closed the port; \"all\" ships wait.",
                                "Prices rose 1.5% in 2019-2020."),
                        List.of(List.of(
                                "A 3,500 km wide storm (p.7) closed the harbour; all ships are waiting.",
                                "Prices rose by 1.5% from 2019 to 2020.")),
                        "BLEU = 24.01 67.7/27.6/14.8/12.0 (BP = 1.000 ratio = 1.069 hyp_len = 31 ref_len = 29)",
                        24.008043305952814,
                        45.77371198600957));
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void theFiguresAreThoseOfSacreBleu(
            List<String> translations, List<List<String>> streams, String line, double bleu, double chrF) {
        List<List<String>> references = bySentence(streams);
        assertThat(Bleu.of(translations, references).score()).isCloseTo(bleu, within(1e-9));
        assertThat(Bleu.of(translations, references)).hasToString(line);
        assertThat(ChrF.of(translations, references).score()).isCloseTo(chrF, within(1e-9));
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(
                        "Prices rose 1.5% in 2019-2020, to $3,500.", "Prices rose 1.5 % in 2019 - 2020 , to $ 3,500 ."),
                Arguments.of(
                        "\"Well,\" she said; it's 5-6 km (3.1 mi)...",
                        "\" Well , \" she said ; it's 5 - 6 km ( 3.1 mi ) . . ."),
                Arguments.of(
                        "&quot;A&amp;B&quot; &lt;i&gt; a/b c_d [e] {f} g~h",
                        "\" A & B \" < i > a / b c _ d [ e ] { f } g ~ h"),
                Arguments.of("well-known 10-year-old", "well-known 10 - year-old"),
                Arguments.of(
                        "\u6e2f\u53e3\uff0c3.5\u7c73\u3002 \u00e9,\u00e8 \u00b7",
                        "\u6e2f\u53e3\uff0c3.5\u7c73\u3002 \u00e9 , \u00e8 \u00b7"),
                Arguments.of("x.y 1.a a.1 ,, .5 5.", "x . y 1 . a a . 1 , , . 5 5 ."),
                Arguments.of("\u3000wide\u00a0space\u2003", "wide space"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void wordsAreThoseOfTokenizer13a(String line, String words) {
        assertThat(Tokenizer13a.words(line)).containsExactly(words.split(" "));
    }

    @Property(tries = 100)
    void aTextIsAPerfectTranslationOfItself(@ForAll @Size(min = 1, max = 5) List<String> texts) {
        List<String> longer =
                texts.stream().map(text -> text + " one two three four").toList();
        List<List<String>> references = longer.stream().map(List::of).toList();
        assertThat(Bleu.of(longer, references).score()).isCloseTo(100, within(1e-9));
        assertThat(ChrF.of(longer, references).score()).isCloseTo(100, within(1e-9));
    }

    @Test
    void signaturesSayWhatWasComputedAndByWhom() {
        List<List<String>> references = bySentence(List.of(FIRST, SECOND));
        assertThat(Bleu.of(TRANSLATIONS, references).signature())
                .startsWith("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:lexstream-");
        assertThat(ChrF.of(TRANSLATIONS, references).signature())
                .startsWith("nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|version:lexstream-");
    }

    @Test
    void translationsWithoutReferencesAreRefused() {
        assertThatThrownBy(() -> Bleu.of(TRANSLATIONS, bySentence(List.of(FIRST.subList(0, 2)))))
                .hasMessageContaining("found 3 translations, 2 lists");
        assertThatThrownBy(() -> ChrF.of(TRANSLATIONS, List.of(List.of("a"), List.of(), List.of("c"))))
                .hasMessageContaining("none for translation 1");
        assertThatThrownBy(() -> Bleu.of(List.of(), List.of())).hasMessageContaining("at least one");
    }

    private static List<List<String>> bySentence(List<List<String>> streams) {
        return IntStream.range(0, streams.get(0).size())
                .mapToObj(i -> streams.stream().map(stream -> stream.get(i)).toList())
                .toList();
    }
}
