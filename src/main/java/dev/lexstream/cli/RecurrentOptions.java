package dev.lexstream.cli;

import dev.lexstream.torchscript.RnnSeq2Seq;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that only a recurrent sequence-to-sequence model has. */
final class RecurrentOptions {

    @Option(
            names = "--cell",
            paramLabel = "NAME",
            description = "Recurrent network: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private CellName cell = CellName.lstm;

    @Option(
            names = "--attention",
            paramLabel = "NAME",
            description = "How encoder states are scored: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private AttentionName attention = AttentionName.general;

    @Option(
            names = "--embedding-size",
            paramLabel = "N",
            description = "Length of a token's embedding. Default: ${DEFAULT-VALUE}.")
    private int embeddingSize = 256;

    @Option(
            names = "--hidden-size",
            paramLabel = "N",
            description = "Hidden size of encoder and decoder. Default: ${DEFAULT-VALUE}.")
    private int hiddenSize = 384;

    @Option(
            names = "--num-layers",
            paramLabel = "N",
            description = "Layers of encoder and decoder. Default: ${DEFAULT-VALUE}.")
    private int numLayers = 1;

    @Option(
            names = "--bidirectional",
            negatable = true,
            description = "Whether the encoder reads both ways. Default: ${DEFAULT-VALUE}.")
    private boolean bidirectional = true;

    /** As they are written on the command line. */
    private enum CellName {
        rnn,
        gru,
        lstm
    }

    /** As they are written on the command line. */
    private enum AttentionName {
        none,
        dot,
        general,
        additive
    }

    RnnSeq2Seq network(int sourceVocabulary, int targetVocabulary, double dropout, double labelSmoothing) {
        return new RnnSeq2Seq(
                sourceVocabulary,
                targetVocabulary,
                RnnSeq2Seq.Cell.valueOf(cell.name().toUpperCase(Locale.ROOT)),
                RnnSeq2Seq.Attention.valueOf(attention.name().toUpperCase(Locale.ROOT)),
                embeddingSize,
                hiddenSize,
                numLayers,
                bidirectional,
                dropout,
                labelSmoothing);
    }
}
