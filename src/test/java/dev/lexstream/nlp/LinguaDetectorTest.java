package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.nlp.LanguageDetector.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Among the default languages, for stages in English and Chinese unless a test says otherwise. */
class LinguaDetectorTest {

    private static final List<String> DEFAULTS =
            List.of("ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "tr", "zh");

    private static final LinguaDetector DETECTOR = new LinguaDetector(DEFAULTS, List.of("eng", "zh-Hans"));

    /** As a pipeline takes it by default: unknown below a half. */
    private static Optional<String> language(LanguageDetector detector, String text) {
        return detector.detect(text).filter(found -> found.confidence() >= 0.5).map(Detection::code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            en | Yes.
            en | LGTM, merging now
            en | thanks
            en | Sounds good to me
            en | on my way
            en | see you tomorrow
            zh | 好
            zh | 收到，谢谢
            fr | Merci beaucoup
            fr | À demain !
            fr | Je ne peux pas venir ce soir
            de | Guten Morgen
            de | bis morgen
            es | hasta luego
            it | grazie mille
            pt | muito obrigado
            tr | teşekkür ederim
            ru | спасибо
            ja | ありがとう
            ko | 감사합니다
            hi | धन्यवाद
            ar | شكرا جزيلا
            """)
    void shortTextsLeanToTheStagesLanguagesAndOthersKeepTheirOwn(String language, String text) {
        assertThat(language(DETECTOR, text)).contains(language);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hahaha",
                "hahahahahahahahahaha",
                "lol",
                "lmao",
                "xD",
                "zzz",
                "https://www.example.org/a/b?c=d",
                "12:30",
                "@anna",
                "\uD83D\uDE02\uD83D\uDE02"
            })
    void whatIsInNoLanguageIsTakenForNoneThatHasNoStage(String text) {
        assertThat(language(DETECTOR, text).orElse("en")).isIn("en", "zh");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "-", "\u200B", "1", "=-", "\n", "\u3000", "*\uFEFF"})
    void whatStandsBeforeATextHidesItNot(String junk) {
        for (String text : List.of("今天下午三点在会议室开会", "ｓｅｅ　ｙｏｕ　ａｔ　ｔｈｅ　ｓｔａｔｉｏｎ", "Wir sehen uns am Bahnhof")) {
            assertThat(DETECTOR.detect(junk.repeat(3000) + text)).isPresent().isEqualTo(DETECTOR.detect(text));
        }
    }

    @Test
    void stagesLanguagesAreToldApartWhateverElseIs() {
        LinguaDetector detector = new LinguaDetector(List.of("en", "fr"), List.of("iw", "xx", "und"));

        assertThat(language(detector, "שלום, מה שלומך היום?")).contains("he");
        assertThat(language(detector, "Nous partons demain matin")).contains("fr");
    }

    @Test
    void aScriptOfNoCandidateIsNoLanguage() {
        assertThat(DETECTOR.detect("Καλημέρα σας")).isEmpty();
    }

    @Test
    void confidenceIsAboutTheShareThatIsRight() {
        Map<String, List<String>> sentences = Map.of(
                "en",
                        List.of(
                                "we should leave before the rain starts again",
                                "the second window does not close properly"),
                "de",
                        List.of(
                                "wir sollten vor dem nächsten regen aufbrechen",
                                "das zweite fenster lässt sich nicht schließen"),
                "fr",
                        List.of(
                                "nous devrions partir avant la prochaine pluie",
                                "la deuxième fenêtre ne ferme pas bien du tout"),
                "es",
                        List.of(
                                "deberíamos salir antes de que vuelva a llover",
                                "la segunda ventana no se cierra del todo bien"),
                "it",
                        List.of(
                                "dovremmo partire prima che ricominci la pioggia",
                                "la seconda finestra non si chiude per niente bene"),
                "pt",
                        List.of(
                                "devíamos sair antes que volte a chover muito",
                                "a segunda janela não fecha bem desde ontem"),
                "tr",
                        List.of(
                                "yağmur yeniden başlamadan önce çıkmalıyız artık",
                                "ikinci pencere dünden beri iyi kapanmıyor"));
        LinguaDetector impartial = new LinguaDetector(DEFAULTS);
        List<Detection> all = new ArrayList<>();
        double right = 0;
        for (Map.Entry<String, List<String>> language : sentences.entrySet()) {
            for (String sentence : language.getValue()) {
                for (int end = sentence.indexOf(' '); end > 0; end = sentence.indexOf(' ', end + 1)) {
                    Detection found =
                            impartial.detect(sentence.substring(0, end)).orElseThrow();
                    all.add(found);
                    right += found.code().equals(language.getKey()) ? 1 : 0;
                }
            }
        }
        double mean = all.stream().mapToDouble(Detection::confidence).average().orElseThrow();

        assertThat(right / all.size()).isBetween(mean - 0.1, mean + 0.1);
        assertThat(all).allSatisfy(found -> assertThat(found.confidence()).isBetween(1.0 / 13, 1.0));
        assertThat(all).anySatisfy(found -> assertThat(found.confidence()).isLessThan(0.6));
    }

    @Test
    void languagesThatCannotBeDetectedAreNamed() {
        assertThatThrownBy(() -> new LinguaDetector(List.of("en", "tlh", "und")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[tlh, und]")
                .hasMessageContaining("supported are [af, ar,");
        assertThatThrownBy(() -> new LinguaDetector(List.of("en", "eng")))
                .hasMessageContaining("two languages or more");
    }
}
