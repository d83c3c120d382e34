package dev.lexstream.train;

import dev.lexstream.torchscript.BertClassifier.Head;
import java.util.Objects;

/**
 * What a classifier is to be, on top of its encoder.
 *
 * @param head what comes after the linear layer
 * @param dropout probability in training, in the encoder and on the pooled output
 * @param wordDropout probability with which a token is hidden by {@code [MASK]} in training
 * @param smoothing probability that training targets share among all classes
 * @param outliers out-of-scope texts in an epoch, as a fraction of the labelled ones; drawn from those given
 */
public record ClassifierOptions(Head head, double dropout, double wordDropout, double smoothing, double outliers) {

    public ClassifierOptions {
        Objects.requireNonNull(head, "head");
        fraction("dropout", dropout);
        fraction("wordDropout", wordDropout);
        fraction("smoothing", smoothing);
        if (outliers < 0) {
            throw new IllegalArgumentException("outliers must not be negative, found " + outliers);
        }
    }

    private static void fraction(String name, double value) {
        if (value < 0 || value >= 1) {
            throw new IllegalArgumentException(name + " must be in [0, 1), found " + value);
        }
    }
}
