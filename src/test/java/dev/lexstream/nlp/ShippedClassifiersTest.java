package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.lexstream.local.SampleEvents;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.Classifier.Logits;
import dev.lexstream.torchscript.ElementType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped classifiers: a text alone and in any batch, long texts in windows among short ones. */
class ShippedClassifiersTest {

    private static final float TOLERANCE = 1e-4f;
    private static final int BATCHES = 20;

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        SampleEvents.load().forEach(event -> texts.add(event.text()));
        texts.add("把灯关上，再放一首歌。".repeat(20));
        texts.add("Please book a table for two near the harbour. ".repeat(12));
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classifier-en", "classifier-zh", "classifier-zh-5"})
    void aTextHasTheSameClassAloneAndInAnyBatch(String name) throws Exception {
        ModelBundle bundle = ModelBundle.open(Path.of(System.getProperty("lexstream.models"), name));
        Classifier classifier = Classifier.of(bundle);
        SplittableRandom random = new SplittableRandom(11);
        try (TorchModel model = TorchModel.load(
                bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu())) {
            List<ClassifierInput> inputs =
                    texts().stream().map(classifier::prepare).toList();
            List<Logits> alone = inputs.stream()
                    .map(input -> classifier.run(model, List.of(input)).get(0))
                    .toList();
            assertThat(alone.stream().map(Logits::best).distinct()).hasSizeGreaterThan(2);
            for (int round = 0; round < BATCHES; round++) {
                List<Integer> members = random.ints(random.nextInt(1, 40), 0, inputs.size())
                        .boxed()
                        .toList();
                List<Logits> together =
                        classifier.run(model, members.stream().map(inputs::get).toList());
                for (int i = 0; i < members.size(); i++) {
                    Logits expected = alone.get(members.get(i));
                    assertThat(together.get(i).best()).isEqualTo(expected.best());
                    assertThat(together.get(i).probabilities())
                            .usingComparatorWithPrecision(TOLERANCE)
                            .containsExactly(expected.probabilities());
                    assertThat(together.get(i).score()).isCloseTo(expected.score(), within(TOLERANCE));
                }
            }
        }
    }
}
