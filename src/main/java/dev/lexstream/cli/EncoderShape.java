package dev.lexstream.cli;

import dev.lexstream.train.EncoderOptions;
import picocli.CommandLine.Option;

/** The options that say what BERT encoder to make. */
final class EncoderShape {

    @Option(
            names = "--min-count",
            paramLabel = "N",
            defaultValue = "2",
            description = "Characters seen less often are unknown. Default: ${DEFAULT-VALUE}.")
    private int minCount;

    @Option(
            names = "--longest-input",
            paramLabel = "TOKENS",
            defaultValue = "64",
            description = "Tokens of a row; longer texts are read in windows. Default: ${DEFAULT-VALUE}.")
    private int longestInput;

    @Option(
            names = "--hidden-size",
            paramLabel = "N",
            defaultValue = "192",
            description = "Length of a token's state. Default: ${DEFAULT-VALUE}.")
    private int hiddenSize;

    @Option(
            names = "--num-layers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Layers of the encoder. Default: ${DEFAULT-VALUE}.")
    private int numLayers;

    @Option(
            names = "--num-heads",
            paramLabel = "N",
            defaultValue = "4",
            description = "Attention heads of a layer. Default: ${DEFAULT-VALUE}.")
    private int numHeads;

    @Option(
            names = "--intermediate-size",
            paramLabel = "N",
            defaultValue = "512",
            description = "Width of a layer's feed-forward part. Default: ${DEFAULT-VALUE}.")
    private int intermediateSize;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            defaultValue = "0.1",
            description = "Dropout in training. Default: ${DEFAULT-VALUE}.")
    private double dropout;

    EncoderOptions options() {
        return new EncoderOptions(minCount, longestInput, hiddenSize, numLayers, numHeads, intermediateSize, dropout);
    }
}
