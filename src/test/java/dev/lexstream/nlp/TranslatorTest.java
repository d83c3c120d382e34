package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TranslationSettings;
import dev.lexstream.model.TranslationSettings.Decoding;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a translator makes of a text before the model sees it. */
class TranslatorTest {

    private static final int LONGEST_SENTENCE = 16;

    private static SubwordTokenizer source;
    private static SubwordTokenizer target;

    @BeforeAll
    @BeforeContainer
    static void read() throws Exception {
        ModelBundle bundle = ModelBundle.open(Path.of(System.getProperty("lexstream.models"), "translator-zh-en"));
        source = SubwordTokenizer.read(bundle.file(Translator.SOURCE_TOKENIZER));
        target = SubwordTokenizer.read(bundle.file(Translator.TARGET_TOKENIZER));
    }

    private static Translator translator(int longestInput, TextSettings settings) {
        return new Translator(
                source,
                target,
                longestInput,
                new TranslationSettings("en", LONGEST_SENTENCE, Decoding.DEFAULT),
                settings);
    }

    @Test
    void theFirstSentenceThatDoesNotFitIsTheLast() {
        Translator translator = translator(12, TextSettings.ON);
        String text = "好。下雨的时候，港口里的船都不开。好。";
        assertThat(translator.prepare(text).sentences()).containsExactly(source.encode("好。"));
        Coverage coverage = translator.prepare(text).coverage();
        assertThat(coverage.truncated()).isTrue();
        assertThat(coverage.total())
                .isEqualTo(translator(1000, TextSettings.ON).prepare(text).tokens());
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.of("好。", "船开了。", "下雨的时候，港口里的船都不开。", "茶\n", "㍿㍿㍿㍿㍿㍿㍿㍿㍿㍿", "\uFDFA", "1,000,000元。")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 200)
    void whatIsTranslatedIsTheBeginningOfTheText(@ForAll("texts") String text) {
        TranslatorInput whole = translator(100_000, TextSettings.ON).prepare(text);
        assertThat(whole.coverage().truncated()).isFalse();
        assertThat(whole.sentences()).allMatch(sentence -> sentence.length <= LONGEST_SENTENCE);
        for (int longest : List.of(16, 30, 60)) {
            TranslatorInput input = translator(longest, TextSettings.ON).prepare(text);
            int count = input.sentences().size();
            for (int i = 0; i < count; i++) {
                assertThat(input.sentences().get(i)).isEqualTo(whole.sentences().get(i));
            }
            assertThat(input.tokens())
                    .isLessThanOrEqualTo(longest)
                    .isEqualTo(input.coverage().processed());
            assertThat(input.coverage().truncated())
                    .isEqualTo(count < whole.sentences().size());
            assertThat(input.coverage().total()).isEqualTo(whole.tokens());
        }
    }

    @Test
    void withEverythingOffTheTextGoesInAsItCame() {
        Translator translator = translator(1000, TextSettings.OFF);
        assertThat(translator.prepare("好。船开了。\u2060").sentences()).containsExactly(source.encode("好。船开了。\u2060"));
        TranslatorInput cut = translator.prepare("下雨的时候，港口里的船都不开，".repeat(4) + "我在家。好。");
        assertThat(cut.sentences()).hasSize(1);
        assertThat(cut.sentences().get(0)).hasSize(LONGEST_SENTENCE).endsWith(SpecialToken.END.id());
        assertThat(cut.coverage().truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\u0085", "\u200B\u2060\uFEFF", "\u001B[0m"})
    void aTextWithoutVisibleCharactersIsRefused(String text) {
        assertThatThrownBy(() -> translator(100, TextSettings.ON).prepare(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no visible characters");
    }

    @Test
    void theTokensThatNumbersAreWrittenWithAreTold() {
        float[] kinds = NumberTokens.of(target);
        List<String> tokens = target.tokens(new long[] {});
        assertThat(tokens).isEmpty();
        assertThat(kinds).hasSize(target.size()).contains(0, 1, 2, 3);
        for (int id = 0; id < kinds.length; id++) {
            String token = target.tokens(new long[] {id}).get(0);
            boolean digits = token.matches("▁?\\d+");
            assertThat(kinds[id] == 3).as(token).isEqualTo(digits);
            assertThat(kinds[id] == 2).as(token).isEqualTo(token.equals("▁"));
        }
    }
}
