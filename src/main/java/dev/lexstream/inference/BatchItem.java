package dev.lexstream.inference;

import java.util.concurrent.CompletableFuture;

/**
 * A prepared input on its way through a batcher.
 *
 * @param input what the model gets
 * @param length tokens of the input, which decide its batch's padding
 * @param sequence order of arrival
 * @param arrived on the batcher's clock, in nanoseconds
 * @param result completed when the input's batch has run
 */
record BatchItem<P, R>(P input, int length, long sequence, long arrived, CompletableFuture<R> result) {}
