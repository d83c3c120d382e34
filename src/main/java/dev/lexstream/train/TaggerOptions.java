package dev.lexstream.train;

import dev.lexstream.torchscript.LstmTagger;

/**
 * What a tagger is to be.
 *
 * @param info what the bundle says of itself
 * @param longestInput words of a text that it will see
 * @param minCount words and characters seen less often are unknown to it
 * @param wordDropout probability with which a word is unknown in training
 * @param wordSize length of a word's embedding
 * @param characterFilters channels of the convolution over a word's characters
 * @param hiddenSize of the LSTM, in each direction
 * @param numLayers of the LSTM
 * @param dropout probability in training
 * @param settings of the training itself
 */
public record TaggerOptions(
        BundleInfo info,
        int longestInput,
        int minCount,
        double wordDropout,
        int wordSize,
        int characterFilters,
        int hiddenSize,
        int numLayers,
        double dropout,
        TrainingSettings settings) {

    private static final int CHARACTER_SIZE = 32;
    private static final int CHARACTER_WINDOW = 3;

    LstmTagger architecture(int words, int characters, int tags) {
        return new LstmTagger(
                words,
                characters,
                tags,
                wordSize,
                CHARACTER_SIZE,
                characterFilters,
                CHARACTER_WINDOW,
                hiddenSize,
                numLayers,
                true,
                dropout);
    }
}
