package dev.lexstream.train;

import dev.lexstream.nlp.NgramFeatures;
import dev.lexstream.nlp.TokenFeatures;
import dev.lexstream.nlp.WordFeatures;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.TokenEncoder;
import java.util.Objects;

/**
 * What a tagger is to be.
 *
 * @param info what the bundle says of itself
 * @param unit what a token is
 * @param longestInput tokens of a text that it will see
 * @param minCount words and characters seen less often are unknown to it
 * @param wordDropout probability with which a word, a character or an n-gram is unknown in training
 * @param wordSize length of a word's or a character's embedding
 * @param ngramSize length of the embedding of an n-gram, where tokens are characters
 * @param characterFilters channels of the convolution over a word's characters, where tokens are words
 * @param hiddenSize of the LSTM, in each direction
 * @param numLayers of the LSTM
 * @param dropout probability in training
 * @param crf whether a sentence's tags are found together
 * @param settings of the training itself
 */
public record TaggerOptions(
        BundleInfo info,
        TokenUnit unit,
        int longestInput,
        int minCount,
        double wordDropout,
        int wordSize,
        int ngramSize,
        int characterFilters,
        int hiddenSize,
        int numLayers,
        double dropout,
        boolean crf,
        TrainingSettings settings) {

    private static final int CHARACTER_SIZE = 32;
    private static final int CHARACTER_WINDOW = 3;

    public TaggerOptions {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(settings, "settings");
    }

    LstmTagger architecture(TokenFeatures features, int tags) {
        return new LstmTagger(encoder(features), tags, hiddenSize, numLayers, true, dropout, crf);
    }

    private TokenEncoder encoder(TokenFeatures features) {
        if (features instanceof WordFeatures words) {
            return new TokenEncoder.Words(
                    words.words().size(),
                    words.characters().size(),
                    wordSize,
                    CHARACTER_SIZE,
                    characterFilters,
                    CHARACTER_WINDOW);
        }
        NgramFeatures ngrams = (NgramFeatures) features;
        return new TokenEncoder.Ngrams(
                ngrams.characters().size(), ngrams.ngrams().size(), NgramFeatures.COUNT, wordSize, ngramSize);
    }
}
