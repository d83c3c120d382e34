package dev.lexstream.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.TokenEncoder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tagger's LSTM against {@code nn.LSTM}: same weights, same inputs, zero and given states. */
class TaggerLstmParityTest {

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm_1_layers_one_way", "lstm_2_layers_one_way", "lstm_3_layers_both_ways"})
    void itComputesWhatPyTorchsModuleDoes(String name) throws IOException {
        Golden golden = Golden.read(name);
        LstmTagger architecture = architecture(golden);
        try (TorchModel model = TorchModel.load(
                        architecture,
                        golden.weights(architecture, Map.of("encoder.", "lstm.")),
                        ElementType.FLOAT32,
                        Device.cpu());
                NDManager manager = model.manager().newSubManager()) {
            NDArray zeros = golden.array(manager, "full.out.h_n").zerosLike();
            check(golden, model, manager, "full", zeros, zeros);
            NDArray h0 = golden.array(manager, "started.in.h_0");
            check(golden, model, manager, "started", h0, golden.array(manager, "started.in.c_0"));
        }
    }

    private static LstmTagger architecture(Golden golden) {
        boolean bidirectional = golden.metadata().get("bidirectional").equals("True");
        int hidden = golden.number("hidden_size") / (bidirectional ? 2 : 1);
        int input = golden.number("embedding_size");
        TokenEncoder encoder = new TokenEncoder.Ngrams(3, 3, 1, input - 2, 2);
        return new LstmTagger(encoder, 2, hidden, golden.number("num_layers"), bidirectional, 0.1, false);
    }

    private static void check(
            Golden golden, TorchModel model, NDManager manager, String part, NDArray h0, NDArray c0) {
        NDArray input = golden.array(manager, part + ".in.input");
        NDList result = model.call("lstm_forward", new NDList(input, h0, c0));
        golden.check(part + ".out.output", result.get(0));
        golden.check(part + ".out.h_n", result.get(1));
        golden.check(part + ".out.c_n", result.get(2));
    }
}
