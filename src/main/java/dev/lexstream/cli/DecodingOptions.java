package dev.lexstream.cli;

import dev.lexstream.model.TranslationSettings.Decoding;
import picocli.CommandLine.Option;

/** How a bundle that is trained will search for translations. */
final class DecodingOptions {

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Hypotheses kept at each step; 1 is greedy. Default: ${DEFAULT-VALUE}.")
    private int beam = Decoding.DEFAULT.beam();

    @Option(
            names = "--length-penalty",
            paramLabel = "X",
            description = "Scores are divided by length to this power. Default: ${DEFAULT-VALUE}.")
    private double lengthPenalty = Decoding.DEFAULT.lengthPenalty();

    @Option(
            names = "--no-repeat-ngram",
            paramLabel = "N",
            description = "N-grams of this length occur once at most; 0: all may. Default: ${DEFAULT-VALUE}.")
    private int noRepeatNgram = Decoding.DEFAULT.noRepeatNgram();

    @Option(
            names = "--min-length-factor",
            paramLabel = "X",
            description = "Fewest tokens for each token of the source. Default: ${DEFAULT-VALUE}.")
    private double minLengthFactor = Decoding.DEFAULT.minLengthFactor();

    @Option(
            names = "--min-length",
            paramLabel = "N",
            description = "Fewest tokens, added to that. Default: ${DEFAULT-VALUE}.")
    private int minLength = Decoding.DEFAULT.minLength();

    @Option(
            names = "--max-length-factor",
            paramLabel = "X",
            description = "Most tokens for each token of the source. Default: ${DEFAULT-VALUE}.")
    private double maxLengthFactor = Decoding.DEFAULT.maxLengthFactor();

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "Most tokens, added to that. Default: ${DEFAULT-VALUE}.")
    private int maxLength = Decoding.DEFAULT.maxLength();

    Decoding decoding() {
        return new Decoding(beam, lengthPenalty, noRepeatNgram, minLengthFactor, minLength, maxLengthFactor, maxLength);
    }
}
