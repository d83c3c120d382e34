package dev.lexstream.train;

import dev.lexstream.torchscript.BertEncoder;

/**
 * What an encoder is to be.
 *
 * @param minCount characters seen less often are unknown to it
 * @param longestInput tokens of a row at most, special tokens included
 * @param hiddenSize length of a token's state
 * @param layers of self-attention
 * @param heads of attention in each layer
 * @param intermediateSize width of the feed-forward part of a layer
 * @param dropout probability in training
 */
public record EncoderOptions(
        int minCount, int longestInput, int hiddenSize, int layers, int heads, int intermediateSize, double dropout) {

    private static final double LAYER_NORM_EPS = 1e-12;

    BertEncoder architecture(int vocabulary) {
        return new BertEncoder(
                vocabulary,
                hiddenSize,
                layers,
                heads,
                intermediateSize,
                longestInput,
                2,
                LAYER_NORM_EPS,
                dropout,
                dropout);
    }
}
