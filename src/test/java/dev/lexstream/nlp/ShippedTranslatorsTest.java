package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.nlp.Translator.Tokens;
import dev.lexstream.torchscript.ElementType;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The shipped translators: a text alone and in any batch, greedy and with beams. */
class ShippedTranslatorsTest {

    private static final float TOLERANCE = 1e-4f;

    private static final List<String> TEXTS = List.of(
            "好。",
            "渡轮晚点了。",
            "你今晚想吃什么？",
            "灯塔的灯坏了两天。",
            "请把窗户关上，外面很冷。",
            "他从来没有坐过火车。",
            "图书馆在下雨的时候很安静。",
            "我妹妹在海边的一家小店工作。",
            "明天早上七点，我们在车站门口见面。",
            "暴风雨来了。所有的船都回到了港口。",
            "如果你找不到那本书，就问问我的老师吧。",
            "那位老船长每个星期都给他住在里斯本的女儿写两封长信。");

    private static Loaded transformer;
    private static Loaded recurrent;

    /** A bundle's model with two ways of decoding. */
    private record Loaded(TorchModel model, Translator greedy, Translator beams) {

        static Loaded open(String name) throws Exception {
            ModelBundle bundle = ModelBundle.open(Path.of(System.getProperty("lexstream.models"), name));
            return new Loaded(
                    TorchModel.load(
                            bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu()),
                    Translator.of(bundle, Decoding.DEFAULT.withBeam(1)),
                    Translator.of(bundle, Decoding.DEFAULT));
        }
    }

    @BeforeContainer
    static void load() throws Exception {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
        transformer = Loaded.open("translator-zh-en");
        recurrent = Loaded.open("translator-zh-en-rnn");
    }

    @AfterContainer
    static void close() {
        transformer.model().close();
        recurrent.model().close();
    }

    @Provide
    Arbitrary<List<String>> batches() {
        return Arbitraries.of(TEXTS).list().ofMinSize(2).ofMaxSize(8);
    }

    @Property(tries = 6)
    void theTransformerTranslatesATextAloneAsInAnyBatch(@ForAll("batches") List<String> texts) {
        check(transformer.greedy(), transformer.model(), texts);
        check(transformer.beams(), transformer.model(), texts);
    }

    @Property(tries = 6)
    void theRecurrentNetworkTranslatesATextAloneAsInAnyBatch(@ForAll("batches") List<String> texts) {
        check(recurrent.greedy(), recurrent.model(), texts);
        check(recurrent.beams(), recurrent.model(), texts);
    }

    @Example
    void textsSayWhatShapeTheirBatchHas() {
        Translator translator = transformer.greedy();
        List<TranslatorInput> inputs = TEXTS.stream().map(translator::prepare).toList();
        int rows = inputs.stream().mapToInt(TranslatorInput::rows).sum();
        int longest = inputs.stream().mapToInt(TranslatorInput::length).max().orElseThrow();
        try (NDManager manager = transformer.model().manager().newSubManager()) {
            NDArray tokens = translator.batch(manager, inputs).head();
            assertThat(rows).as("two sentences in one text").isEqualTo(TEXTS.size() + 1);
            assertThat(tokens.getShape()).isEqualTo(new Shape(rows, longest));
            assertThat(tokens.neq(0).toType(DataType.INT64, false).sum().getLong())
                    .isEqualTo(inputs.stream().mapToInt(TranslatorInput::tokens).sum());
        }
    }

    @Example
    void aModelThatOverflowsGivesNoTranslation() {
        TranslatorInput input = transformer.greedy().prepare(TEXTS.get(0));
        Tokens overflow = new Tokens(List.of(new long[] {5}), List.of(Float.NaN));
        assertThatThrownBy(() -> transformer.greedy().complete(input, overflow))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a score of NaN");
    }

    private static void check(Translator translator, TorchModel model, List<String> texts) {
        List<TranslatorInput> inputs = texts.stream().map(translator::prepare).toList();
        List<Tokens> together = translator.run(model, inputs);
        for (int i = 0; i < inputs.size(); i++) {
            Tokens alone = translator.run(model, List.of(inputs.get(i))).get(0);
            assertThat(together.get(i).sentences()).hasSameSizeAs(alone.sentences());
            for (int sentence = 0; sentence < alone.sentences().size(); sentence++) {
                assertThat(together.get(i).sentences().get(sentence))
                        .containsExactly(alone.sentences().get(sentence));
                assertThat(together.get(i).scores().get(sentence))
                        .isCloseTo(alone.scores().get(sentence), within(TOLERANCE));
            }
        }
    }
}
