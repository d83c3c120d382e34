package dev.lexstream.inference;

import java.util.concurrent.CompletableFuture;

/**
 * A prepared input on its way through a batcher.
 *
 * @param input the prepared input
 * @param shape of the input alone
 * @param sequence order of arrival
 * @param arrived time of arrival on the batcher's clock, in nanoseconds
 * @param result completed when the input's batch has run
 */
record BatchItem<P, R>(P input, BatchShape shape, long sequence, long arrived, CompletableFuture<R> result) {

    /** Tokens of the longest row. They decide how much a batch must be padded. */
    int length() {
        return shape.longest();
    }
}
