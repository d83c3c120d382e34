package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.torchscript.ElementType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped bundles on texts as they come from chats, terminals and copied pages. */
class ShippedTextsTest {

    private static final List<String> NAMES = List.of(
            "tagger-en",
            "tagger-zh",
            "slots-zh",
            "translator-zh-en",
            "translator-zh-en-rnn",
            "classifier-en",
            "classifier-zh",
            "classifier-zh-5");

    private static final Map<String, Loaded<?, ?>> MODELS = new LinkedHashMap<>();

    private record Loaded<P extends Prepared, R>(
            Task<String, P, R, ? extends Annotation> task, TorchModel model, ModelBundle bundle) {

        Annotation annotate(String text) {
            return annotate(List.of(text)).get(0);
        }

        List<Annotation> annotate(List<String> texts) {
            List<P> prepared = texts.stream().map(task::prepare).toList();
            List<R> results = task.run(model, prepared);
            List<Annotation> annotations = new ArrayList<>();
            for (int i = 0; i < prepared.size(); i++) {
                annotations.add(task.complete(prepared.get(i), results.get(i)));
            }
            return annotations;
        }
    }

    @BeforeAll
    static void load() throws Exception {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
        for (String name : NAMES) {
            ModelBundle bundle = ModelBundle.open(Path.of(System.getProperty("lexstream.models"), name));
            TorchModel model = TorchModel.load(
                    bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu());
            MODELS.put(name, loaded(Tasks.of(bundle), model, bundle));
        }
    }

    private static <P extends Prepared, R> Loaded<P, R> loaded(
            Task<String, P, R, ? extends Annotation> task, TorchModel model, ModelBundle bundle) {
        return new Loaded<>(task, model, bundle);
    }

    @AfterAll
    static void close() {
        MODELS.values().forEach(loaded -> loaded.model().close());
        MODELS.clear();
    }

    static Stream<String> names() {
        return NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyBundleHasItsTextSettings(String name) {
        assertThat(MODELS.get(name).bundle().manifest().text()).isEqualTo(TextSettings.ON);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatNobodySeesChangesNoAnswer(String name) {
        String text =
                name.contains("-en") && !name.startsWith("translator") ? "Wake me at 7, it's late." : "明天早上7点叫醒我。";
        List<String> texts = new ArrayList<>(List.of(text));
        for (String invisible : VisibleTextTest.INVISIBLE) {
            StringBuilder with = new StringBuilder(invisible);
            text.codePoints().forEach(c -> with.appendCodePoint(c).append(invisible));
            texts.add(with.toString());
        }
        List<Annotation> found = MODELS.get(name).annotate(texts);
        for (int i = 1; i < texts.size(); i++) {
            if (found.get(0) instanceof Tagging tagging) {
                assertThat(labels(found.get(i))).isEqualTo(labels(tagging));
                assertThat(visible((Tagging) found.get(i), texts.get(i))).isEqualTo(visible(tagging, text));
            } else if (found.get(0) instanceof Translation translation) {
                assertThat(((Translation) found.get(i)).text()).isEqualTo(translation.text());
            } else {
                assertThat(((Classification) found.get(i)).label()).isEqualTo(((Classification) found.get(0)).label());
            }
        }
    }

    private static List<String> labels(Annotation tagging) {
        return ((Tagging) tagging).tags().stream().map(TokenTag::label).toList();
    }

    private static List<String> visible(Tagging tagging, String text) {
        List<String> forms = new ArrayList<>();
        for (TokenTag tag : tagging.tags()) {
            String form =
                    text.substring(text.offsetByCodePoints(0, tag.start()), text.offsetByCodePoints(0, tag.end()));
            forms.add(VisibleText.of(form).text());
        }
        return forms;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classifier-en", "classifier-zh", "classifier-zh-5"})
    void aTextOfWhichAClassifierKnowsNothingIsOutOfItsScope(String name) {
        for (String text : List.of(
                "\uD83D\uDE02",
                "\uD83D\uDE02\uD83D\uDE02 \uD83D\uDC4D\uD83C\uDFFD!",
                "\uD83C\uDDE8\uD83C\uDDF3",
                "ฉันต้องการจองโต๊ะ",
                "Привет, как дела?",
                "احجز لي طاولة",
                "मुझे एक मेज चाहिए",
                "테이블을 예약하고 싶어요",
                "???",
                "...!")) {
            Classification classification = (Classification) MODELS.get(name).annotate(text);
            assertThat(classification.label()).as(text).isEmpty();
            assertThat(classification.scores()).isNotEmpty();
        }
    }

    @Test
    void aTextThatIsKnownButForAFewWordsKeepsItsClass() {
        assertThat(label("classifier-zh", "播放Despacito这首歌")).contains("play");
        assertThat(label("classifier-zh", "明天早上七点叫醒我\uD83D\uDE02\uD83D\uDE02")).contains("alarm");
        assertThat(label("classifier-en", "what is my account balance \uD83D\uDE02"))
                .isPresent();
    }

    private static Optional<String> label(String name, String text) {
        return ((Classification) MODELS.get(name).annotate(text)).label();
    }

    @ParameterizedTest
    @ValueSource(strings = {"translator-zh-en", "translator-zh-en-rnn"})
    void numbersAreNoRepeats(String name) throws Exception {
        for (String number : List.of("1000", "10000", "25000", "50000", "2000000")) {
            assertThat(translation(name, "我有" + number + "元。").replace(",", ""))
                    .containsPattern("\\b" + number + "\\b");
        }
    }

    @Test
    void withoutTheSettingNumbersAreRepeatsAsInTheLibrary() throws Exception {
        Loaded<?, ?> loaded = MODELS.get("translator-zh-en");
        ModelBundle off = new ModelBundle(
                loaded.bundle().folder(), loaded.bundle().manifest().withText(TextSettings.OFF));
        Annotation found = loaded(Translator.of(off, Decoding.DEFAULT), loaded.model(), off)
                .annotate("我有10000元。");
        assertThat(((Translation) found).text().replace(",", "")).doesNotContain("10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"translator-zh-en", "translator-zh-en-rnn"})
    void linesAndEllipsesAreTranslatedAsTheSentencesTheyAre(String name) {
        List<String> sentences = List.of("我喜欢喝茶", "他在家", "今天很冷");
        for (String between : List.of("\n", "\r\n", "\u2028", "\u0085", "\n\n")) {
            String expected = String.join(
                    " ",
                    sentences.stream()
                            .map(sentence -> translation(name, sentence))
                            .toList());
            assertThat(translation(name, String.join(between, sentences))).isEqualTo(expected);
        }
        assertThat(translation(name, "我喜欢喝茶……他在家……"))
                .isEqualTo(translation(name, "我喜欢喝茶……") + " " + translation(name, "他在家……"));
    }

    private static String translation(String name, String text) {
        return ((Translation) MODELS.get(name).annotate(text)).text();
    }
}
