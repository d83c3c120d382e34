package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.BertClassifier;
import dev.lexstream.torchscript.BertClassifier.Head;
import dev.lexstream.torchscript.BertEncoder;
import dev.lexstream.torchscript.BertMaskedLm;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Parameter;
import dev.lexstream.torchscript.Safetensors;
import dev.lexstream.torchscript.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** BERT against PyTorch's own modules, whose outputs {@code bert_golden.py} wrote. */
class BertParityTest {

    private static final float TOLERANCE = 1e-5f;
    private static final BertEncoder ENCODER = new BertEncoder(50, 24, 3, 4, 40, 16, 2, 1e-12, 0.1, 0.1);

    private static Map<String, Tensor> golden;

    @BeforeAll
    static void read() throws Exception {
        TorchRuntime.allCores().start();
        golden = Safetensors.read(Path.of(BertParityTest.class
                .getResource("/dev/lexstream/torchscript/bert_golden.safetensors")
                .toURI()));
    }

    @ParameterizedTest
    @EnumSource(Head.class)
    void theClassifierGivesTheLogitsOfPyTorchsModules(Head head) throws Exception {
        BertClassifier classifier = new BertClassifier(ENCODER, 5, head, 0.1);
        float[] expected = golden.get(head.name().toLowerCase(Locale.ROOT)).floats();
        List<String> rows = List.of("input_ids", "token_type_ids", "attention_mask");
        assertThat(outputs(classifier, "forward", rows)).containsExactly(expected, within(TOLERANCE));
        assertThat(outputs(classifier, "classify", rows)).containsExactly(expected, within(TOLERANCE));
    }

    @Test
    void theMaskedLanguageModelGivesTheLogitsOfPyTorchsModules() throws Exception {
        float[] found = outputs(
                new BertMaskedLm(ENCODER),
                "forward",
                List.of("input_ids", "token_type_ids", "attention_mask", "positions"));
        assertThat(found).containsExactly(golden.get("masked_lm").floats(), within(TOLERANCE));
    }

    private static float[] outputs(Architecture architecture, String method, List<String> inputs) throws Exception {
        Map<String, Tensor> weights = architecture.parameters().stream()
                .map(Parameter::name)
                .collect(Collectors.toMap(name -> name, name -> golden.get("weights." + name)));
        try (TorchModel model = TorchModel.load(architecture, weights, ElementType.FLOAT32, Device.cpu());
                NDManager manager = model.manager().newSubManager()) {
            NDList arguments = new NDList();
            inputs.forEach(name -> arguments.add(array(manager, golden.get(name))));
            return model.call(method, arguments).singletonOrThrow().toFloatArray();
        }
    }

    private static NDArray array(NDManager manager, Tensor tensor) {
        Shape shape = new Shape(tensor.shape());
        return manager.create(tensor.data(), shape, DataType.INT64);
    }
}
