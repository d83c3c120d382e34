package dev.lexstream.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.RnnSeq2Seq;
import dev.lexstream.torchscript.RnnSeq2Seq.Attention;
import dev.lexstream.torchscript.RnnSeq2Seq.Cell;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recurrent networks against {@code nn.RNN}, {@code nn.GRU} and {@code nn.LSTM}: same weights, same inputs. */
class RecurrentParityTest {

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rnn_1_layers_one_way", "rnn_2_layers_one_way", "rnn_3_layers_both_ways",
                "gru_1_layers_one_way", "gru_2_layers_one_way", "gru_3_layers_both_ways",
                "lstm_1_layers_one_way", "lstm_2_layers_one_way", "lstm_3_layers_both_ways"
            })
    void encoderAndDecoderComputeWhatPyTorchsModulesDo(String name) throws IOException {
        Golden golden = Golden.read(name);
        RnnSeq2Seq architecture = architecture(golden);
        Map<String, String> prefixes = Map.of("encoder.", "encoder.", "decoder.", "decoder.");
        try (TorchModel model = TorchModel.load(
                        architecture, golden.weights(architecture, prefixes), ElementType.FLOAT32, Device.cpu());
                NDManager manager = model.manager().newSubManager()) {
            fullSequences(golden, model, manager);
            packedSequences(golden, model, manager);
            decoder(golden, model, manager);
        }
    }

    private static RnnSeq2Seq architecture(Golden golden) {
        return new RnnSeq2Seq(
                9,
                9,
                Cell.valueOf(golden.metadata().get("cell").toUpperCase(Locale.ROOT)),
                Attention.DOT,
                golden.number("embedding_size"),
                golden.number("hidden_size"),
                golden.number("num_layers"),
                golden.metadata().get("bidirectional").equals("True"),
                0.5,
                0.1);
    }

    /** Full sequences are packed ones whose batch never shrinks. */
    private static void fullSequences(Golden golden, TorchModel model, NDManager manager) {
        NDArray input = golden.array(manager, "full.in.input");
        long length = input.getShape().get(0);
        long batch = input.getShape().get(1);
        long[] sizes = new long[(int) length];
        Arrays.fill(sizes, batch);
        NDArray zeros = golden.array(manager, "full.out.h_n").zerosLike();
        NDList result =
                model.call("read_packed", new NDList(input.reshape(length * batch, -1), manager.create(sizes), zeros));
        golden.check("full.out.output", result.get(0).reshape(length, batch, -1));
        last(golden, "full", result);
    }

    private static void packedSequences(Golden golden, TorchModel model, NDManager manager) {
        NDArray zeros = golden.array(manager, "packed.out.h_n").zerosLike();
        NDList result = model.call(
                "read_packed",
                new NDList(
                        golden.array(manager, "packed.in.data"),
                        golden.array(manager, "packed.in.batch_sizes"),
                        zeros));
        golden.check("packed.out.data", result.get(0));
        last(golden, "packed", result);
    }

    private static void last(Golden golden, String part, NDList result) {
        golden.check(part + ".out.h_n", result.get(1));
        if (golden.has(part + ".out.c_n")) {
            golden.check(part + ".out.c_n", result.get(2));
        }
    }

    /** A hidden state holds h and then c of all layers, sentence by sentence. */
    private static void decoder(Golden golden, TorchModel model, NDManager manager) {
        NDArray start = golden.array(manager, "decoder.in.h_0");
        if (golden.has("decoder.in.c_0")) {
            start = start.concat(golden.array(manager, "decoder.in.c_0"));
        }
        NDList result = model.call(
                "recurrent", new NDList(golden.array(manager, "decoder.in.input"), start.transpose(1, 0, 2)));
        golden.check("decoder.out.output", result.get(0));
        NDArray last = result.get(1).transpose(1, 0, 2);
        int layers = golden.number("num_layers");
        golden.check("decoder.out.h_n", last.get(":{}", layers));
        if (golden.has("decoder.out.c_n")) {
            golden.check("decoder.out.c_n", last.get("{}:", layers));
        }
    }
}
