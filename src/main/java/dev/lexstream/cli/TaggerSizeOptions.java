package dev.lexstream.cli;

import dev.lexstream.train.BundleInfo;
import dev.lexstream.train.TaggerOptions;
import dev.lexstream.train.TokenUnit;
import dev.lexstream.train.TrainingSettings;
import picocli.CommandLine.Option;

/** The options of commands that train a tagger or its encoder: what the network is. */
final class TaggerSizeOptions {

    @Option(
            names = "--longest-input",
            paramLabel = "TOKENS",
            defaultValue = "512",
            description = "Tokens of a text that the model will see. Default: ${DEFAULT-VALUE}.")
    private int longestInput;

    @Option(
            names = "--min-count",
            paramLabel = "N",
            defaultValue = "2",
            description = "Words and characters seen less often are unknown. Default: ${DEFAULT-VALUE}.")
    private int minCount;

    @Option(
            names = "--word-dropout",
            paramLabel = "P",
            defaultValue = "0.15",
            description = "Probability of a word, character or n-gram to be unknown in training."
                    + " Default: ${DEFAULT-VALUE}.")
    private double wordDropout;

    @Option(
            names = "--word-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Length of a word's or a character's embedding. Default: ${DEFAULT-VALUE}.")
    private int wordSize;

    @Option(
            names = "--ngram-size",
            paramLabel = "N",
            defaultValue = "48",
            description = "Length of an n-gram's embedding, where tokens are characters. Default: ${DEFAULT-VALUE}.")
    private int ngramSize;

    @Option(
            names = "--character-filters",
            paramLabel = "N",
            defaultValue = "128",
            description = "Channels of the convolution over a word's characters. Default: ${DEFAULT-VALUE}.")
    private int characterFilters;

    @Option(
            names = "--hidden-size",
            paramLabel = "N",
            defaultValue = "200",
            description = "Hidden size of the LSTM, each way. Default: ${DEFAULT-VALUE}.")
    private int hiddenSize;

    @Option(
            names = "--num-layers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Layers of the LSTM. Default: ${DEFAULT-VALUE}.")
    private int numLayers;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            defaultValue = "0.45",
            description = "Dropout in training. Default: ${DEFAULT-VALUE}.")
    private double dropout;

    TaggerOptions options(BundleInfo info, TokenUnit unit, boolean crf, TrainingSettings settings) {
        return new TaggerOptions(
                info,
                unit,
                longestInput,
                minCount,
                wordDropout,
                wordSize,
                ngramSize,
                characterFilters,
                hiddenSize,
                numLayers,
                dropout,
                crf,
                settings);
    }
}
