package dev.lexstream.cli;

import dev.lexstream.torchscript.Transformer;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that only a Transformer has; names and defaults, where they are not smaller, of {@code nn.Transformer}. */
final class TransformerOptions {

    private static final double LAYER_NORM_EPS = 1e-5;

    @Option(names = "--d-model", paramLabel = "N", description = "Width of the layers. Default: ${DEFAULT-VALUE}.")
    private int dModel = 256;

    @Option(names = "--nhead", paramLabel = "N", description = "Attention heads. Default: ${DEFAULT-VALUE}.")
    private int nhead = 4;

    @Option(
            names = "--num-encoder-layers",
            paramLabel = "N",
            description = "Layers of the encoder. Default: ${DEFAULT-VALUE}.")
    private int encoderLayers = 4;

    @Option(
            names = "--num-decoder-layers",
            paramLabel = "N",
            description = "Layers of the decoder. Default: ${DEFAULT-VALUE}.")
    private int decoderLayers = 2;

    @Option(
            names = "--dim-feedforward",
            paramLabel = "N",
            description = "Width inside the feed-forward layers. Default: ${DEFAULT-VALUE}.")
    private int feedForward = 1024;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ActivationName activation = ActivationName.relu;

    @Option(
            names = "--norm-first",
            negatable = true,
            paramLabel = "BOOL",
            description = "Normalize the layers' input rather than their output. Default: ${DEFAULT-VALUE}.")
    private boolean normFirst = true;

    @Option(
            names = "--attention-dropout",
            paramLabel = "P",
            description = "Dropout of attention weights in training. Default: ${DEFAULT-VALUE}.")
    private double attentionDropout;

    /** As they are written on the command line. */
    private enum ActivationName {
        relu,
        gelu
    }

    Transformer network(int sourceVocabulary, int targetVocabulary, double dropout, double labelSmoothing) {
        return new Transformer(
                sourceVocabulary,
                targetVocabulary,
                dModel,
                nhead,
                encoderLayers,
                decoderLayers,
                feedForward,
                dropout,
                attentionDropout,
                Transformer.Activation.valueOf(activation.name().toUpperCase(Locale.ROOT)),
                LAYER_NORM_EPS,
                true,
                normFirst,
                true,
                labelSmoothing);
    }
}
