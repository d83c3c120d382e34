package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.Transformer;
import dev.lexstream.torchscript.Transformer.Activation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Transformer against {@code nn.Transformer}: same weights, inputs and masks, under every setting. */
class TransformerParityTest {

    private static final List<String> MASKS = List.of(
            "src_mask",
            "tgt_mask",
            "memory_mask",
            "src_key_padding_mask",
            "tgt_key_padding_mask",
            "memory_key_padding_mask");

    private static Golden golden;

    @BeforeAll
    static void start() throws IOException {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
        golden = Golden.read("transformer");
    }

    static Stream<Arguments> settings() {
        return Stream.of(Activation.values()).flatMap(activation -> Stream.of(false, true)
                .flatMap(normFirst -> Stream.of(false, true).flatMap(batchFirst -> Stream.of(1e-5, 0.05)
                        .map(eps -> Arguments.of(activation, normFirst, batchFirst, eps)))));
    }

    @ParameterizedTest(name = "{0}, norm_first {1}, batch_first {2}, layer_norm_eps {3}")
    @MethodSource("settings")
    void everyMaskAndAllTogetherGiveWhatPyTorchGives(
            Activation activation, boolean normFirst, boolean batchFirst, double eps) throws IOException {
        Transformer architecture = architecture(activation, normFirst, batchFirst, eps);
        Map<String, String> prefixes = Map.of("transformer.", "transformer.");
        String setting = "out.%s.%s.%s.%s."
                .formatted(
                        activation == Activation.GELU ? "gelu" : "relu",
                        normFirst ? "norm_first" : "norm_last",
                        batchFirst ? "batch_first" : "length_first",
                        eps == 1e-5 ? "1e-05" : "0.05");
        List<String> cases =
                golden.names().stream().filter(name -> name.startsWith(setting)).toList();
        assertThat(cases).as("one for each mask, one with none, one with all").hasSize(MASKS.size() + 2);
        try (TorchModel model = TorchModel.load(
                        architecture, golden.weights(architecture, prefixes), ElementType.FLOAT32, Device.cpu());
                NDManager manager = model.manager().newSubManager()) {
            for (String name : cases) {
                String masks = name.substring(setting.length());
                golden.check(name, forward(model, manager, batchFirst, masks));
            }
        }
    }

    /** @param masks {@code none}, {@code all} or one mask's name */
    private static NDArray forward(TorchModel model, NDManager manager, boolean batchFirst, String masks) {
        NDList arguments = new NDList();
        for (String side : List.of("in.src", "in.tgt")) {
            NDArray input = golden.array(manager, side);
            arguments.add(batchFirst ? input.transpose(1, 0, 2) : input);
        }
        for (String mask : MASKS) {
            boolean given = masks.equals("all") || masks.equals(mask);
            arguments.add(given ? mask(manager, "in." + mask) : manager.create(new float[0]));
        }
        return model.call("forward", arguments).singletonOrThrow();
    }

    /** Boolean masks are whole numbers in the file, additive ones are fp32. */
    private static NDArray mask(NDManager manager, String name) {
        NDArray mask = golden.array(manager, name);
        return mask.getDataType() == DataType.INT64 ? mask.toType(DataType.BOOLEAN, false) : mask;
    }

    private static Transformer architecture(Activation activation, boolean normFirst, boolean batchFirst, double eps) {
        return new Transformer(
                9,
                9,
                golden.number("d_model"),
                golden.number("nhead"),
                golden.number("num_encoder_layers"),
                golden.number("num_decoder_layers"),
                golden.number("dim_feedforward"),
                0.1,
                0.1,
                activation,
                eps,
                batchFirst,
                normFirst,
                true,
                0.1);
    }
}
