package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.Tagger.Tags;
import dev.lexstream.torchscript.ElementType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every shipped tagger: words, words found in Chinese, entities. */
class ShippedTaggersTest {

    private static final List<String> NAMES = List.of("tagger-en", "tagger-zh", "slots-zh");
    private static final double TOLERANCE = 1e-4;

    private static final Map<String, Loaded> TAGGERS = new LinkedHashMap<>();

    private record Loaded(Tagger tagger, TorchModel model) {}

    @BeforeAll
    @BeforeContainer
    static void load() throws Exception {
        TorchRuntime.allCores().start();
        for (String name : NAMES) {
            ModelBundle bundle = ModelBundle.open(Path.of(System.getProperty("lexstream.models"), name));
            TorchModel model = TorchModel.load(
                    bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu());
            TAGGERS.put(name, new Loaded(Tagger.of(bundle), model));
        }
    }

    @AfterAll
    @AfterContainer
    static void close() {
        TAGGERS.values().forEach(loaded -> loaded.model().close());
        TAGGERS.clear();
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> chinese = Arbitraries.strings()
                .withChars("我你他今天明天早上八点提醒去北京上海开会播放一首歌，。？的了在是有人大学中国")
                .withChars("abcXYZ019 ")
                .ofMinLength(1)
                .ofMaxLength(40);
        return Arbitraries.frequencyOf(
                        Tuple.of(3, chinese),
                        Tuple.of(1, Arbitraries.strings().ofMinLength(1).ofMaxLength(20)))
                .filter(text -> NAMES.stream().allMatch(name -> visible(name, text)));
    }

    private static boolean visible(String name, String text) {
        return name.equals("tagger-en")
                ? !new WordTokenizer().tokenize(text).isEmpty()
                : !new CharacterTokenizer().tokenize(text).isEmpty();
    }

    @Property(tries = 60)
    void aTextGetsTheSameTagsAloneAndInAnyBatch(
            @ForAll("names") String name, @ForAll @Size(min = 2, max = 12) List<@From("texts") String> texts) {
        Tagger tagger = TAGGERS.get(name).tagger();
        TorchModel model = TAGGERS.get(name).model();
        List<TaggerInput> inputs = texts.stream().map(tagger::prepare).toList();
        List<Tags> together = tagger.run(model, inputs);
        for (int i = 0; i < inputs.size(); i++) {
            Tags alone = tagger.run(model, List.of(inputs.get(i))).get(0);
            assertThat(together.get(i).labels()).isEqualTo(alone.labels());
            assertThat(together.get(i).scores()).containsExactly(alone.scores(), within((float) TOLERANCE));
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(NAMES);
    }

    static Stream<String> unusualTexts() {
        return Stream.of(
                "\uD83D\uDE00\uD83C\uDF89\uD83D\uDC4D\uD83C\uDFFD",
                "\u0301\u0302\u0303",
                "lone \uD800 surrogate \uDC00",
                "a".repeat(100_000),
                "A".repeat(100_000),
                "\u4e2d".repeat(20_000),
                "1 ".repeat(20_000),
                "\u65e5\u672c\u8a9e and \u0627\u0644\u0639\u0631\u0628\u064a\u0629 mixed",
                "\u6211\u7528iPhone 15\u770bYouTube\uD83D\uDE00\u89c6\u9891",
                "!",
                "\t tabs\nand\r\nlines\u00a0here ");
    }

    static Stream<Arguments> unusualCases() {
        return NAMES.stream().flatMap(name -> unusualTexts().map(text -> Arguments.of(name, text)));
    }

    @ParameterizedTest
    @MethodSource("unusualCases")
    @Timeout(60)
    void unusualTextsAreTaggedWithOffsetsInsideTheText(String name, String text) {
        Loaded loaded = TAGGERS.get(name);
        TaggerInput input = loaded.tagger().prepare(text);
        Tagging tagging = loaded.tagger()
                .complete(
                        input,
                        loaded.tagger().run(loaded.model(), List.of(input)).get(0));
        int length = text.codePointCount(0, text.length());
        int end = 0;
        for (TokenTag tag : tagging.tags()) {
            assertThat(tag.start()).isGreaterThanOrEqualTo(end);
            assertThat(tag.end()).isGreaterThan(tag.start()).isLessThanOrEqualTo(length);
            assertThat(tag.score()).isBetween(0f, 1.0001f);
            end = tag.end();
        }
        assertThat(tagging.coverage().total()).isPositive();
    }
}
